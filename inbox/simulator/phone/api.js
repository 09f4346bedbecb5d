// The control plane of the simulator.

/** Ask; the answer's JSON, or an Error with a readable message. */
async function ask(method, path, body) {
  const form = body instanceof FormData;
  const answer = await fetch(`/__sim/${path}`, {
    method,
    body: body === undefined ? undefined : form ? body : JSON.stringify(body),
    headers: body === undefined || form ? {} : { "Content-Type": "application/json" },
  });
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(data.message ?? `HTTP ${answer.status}`);
  return data;
}

const id = encodeURIComponent;

export const api = {
  numbers: async () => (await ask("GET", "numbers")).results,
  customers: async () => (await ask("GET", "customers?limit=500")).results,
  customersById: async (customer) => (await ask("GET", `customers?id=${id(customer)}`)).results,
  createCustomer: (fields) => ask("POST", "customers", fields),
  changeCustomer: (customer, changes) => ask("PATCH", `customers/${id(customer)}`, changes),
  chats: async (customer) => (await ask("GET", `customers/${id(customer)}/chats`)).results,
  chat: (customer, number, before) =>
    ask("GET", `customers/${id(customer)}/chats/${id(number)}?limit=60${before ? `&before=${before}` : ""}`),
  deed: (customer, fields) => ask("POST", `customers/${id(customer)}/deeds`, fields),
  read: (customer, number) => ask("POST", `customers/${id(customer)}/read`, { number }),
  send(customer, message, file) {
    if (!file) return ask("POST", `customers/${id(customer)}/messages`, message);
    const form = new FormData();
    form.append("message", JSON.stringify(message));
    form.append("file", file, file.name);
    return ask("POST", `customers/${id(customer)}/messages`, form);
  },
  mediaAddress: (media) => `/__sim/media/${id(media)}`,
  sampleAddress: (name, width) => `/__sim/samples/${id(name)}?width=${width}`,
};

// Line icons on a 24-unit grid, drawn for this page.
const PATHS = {
  back: "M15 5l-7 7 7 7",
  send: "M5 12L4 4l17 8-17 8 1-8zm0 0h8",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  reply: "M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 6",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01",
  photo: "M4 6h16v12H4zM4 15l4.5-4 4 3.5 3-2.5L20 16M15.5 9.5h.01",
  picture: "M5 4h14v16H5zM8 8h8M8 12h8M8 16h5",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
  place: "M12 21s7-6 7-11a7 7 0 1 0-14 0c0 5 7 11 7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  card: "M4 5h16v14H4zM9 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6 16c.6-1.6 1.7-2.4 3-2.4s2.4.8 3 2.4M15 9h2.5M15 13h2.5",
  poll: "M5 20V10M12 20V4M19 20v-7",
  tick: "M4 13l5 5L20 7",
  ticks: "M1.5 13l4.5 4.5L15.5 8M10.5 15.5l2 2L22.5 8",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M4 12H2M22 12h-2M5 5l1.5 1.5M17.5 17.5L19 19M19 5l-1.5 1.5M6.5 17.5L5 19",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  phone: "M8 2.5h8a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2v-15a2 2 0 0 1 2-2zM11 18.5h2",
  phones: "M4 5h7a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4zM20 5h-5M20 5v14h-5M7 16h2",
  down: "M12 5v14M6 13l6 6 6-6",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c1.2-3.6 4-5.4 7.5-5.4s6.3 1.8 7.5 5.4",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  more: "M12 5.5h.01M12 12h.01M12 18.5h.01",
  mic: "M12 15a3.5 3.5 0 0 0 3.5-3.5v-5a3.5 3.5 0 0 0-7 0v5A3.5 3.5 0 0 0 12 15zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  call: "M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2.2 2A17 17 0 0 1 4 5.7 2 2 0 0 1 6 3.5z",
  missed: "M4 6l7.5 7.5L20 5M20 5h-6M20 5v6M5 19c4.5-2.5 9.500-2.500 14 0",
  ad: "M4 10v4h3l6 4.500V5.500L7 10H4zM17 9a4.500 4.500 0 0 1 0 6M7 14l1.500 6H11l-1-5",
  bell: "M6 16V10.500a6 6 0 0 1 12 0V16l1.500 2h-15L6 16zM10 20.500a2.200 2.200 0 0 0 4 0",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.800 5.800l12.400 12.400",
  flag: "M6 21V4h11l-2 4 2 4H6",
  edit: "M4 20l1-4.500L16.500 4 20 7.500 8.500 19 4 20zM14 6.500l3.500 3.500",
  bin: "M5 7h14M10 7V4.500h4V7M7 7l1 13h8l1-13M10.500 10.500v6M13.500 10.500v6",
  form: "M5 4h14v16H5zM8.500 9h7M8.500 12.500h7M8.500 16h4",
  link: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
};

export function icon(name, size = 22) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", size);
  svg.setAttribute("height", size);
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  if (name === "more") path.setAttribute("stroke-width", 3); // three dots, not three hairs
  svg.append(path);
  return svg;
}

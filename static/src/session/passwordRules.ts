// What can be seen of a password while it is typed; whether it is easily guessed or known, the server says.

export function rulesOf(password: string, length: number): { rule: string; kept: boolean }[] {
  return [
    { rule: "length", kept: [...password].length >= length },
    { rule: "capital", kept: /\p{Lu}/u.test(password) },
    { rule: "digit", kept: /\p{Nd}/u.test(password) },
    { rule: "symbol", kept: /[^\p{L}\p{N}\s]/u.test(password) },
  ];
}

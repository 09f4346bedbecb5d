// How a telephone number is written for reading. E.164 goes over the wire.

/** Country codes of one and two digits; all others have three (ITU-T E.164 assignments). */
const shortCode = /^\+(1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])(?=\d)|^\+(\d{3})/;

/** "+886900000422" → "+886 900 000 422": the country code, then groups of three and four digits. */
export function readablePhone(e164: string): string {
  const code = shortCode.exec(e164)?.[0];
  if (!code || !/^\+\d{7,15}$/.test(e164)) return e164;
  const groups: string[] = [];
  let rest = e164.slice(code.length);
  // Fours stand at the end, as many as make the others threes.
  const fours = rest.length % 3;
  for (let left = fours; left > 0 && rest.length >= 4; left -= 1) {
    groups.unshift(rest.slice(-4));
    rest = rest.slice(0, -4);
  }
  return [code, ...(rest.match(/.{1,3}/g) ?? []), ...groups].join(" ");
}

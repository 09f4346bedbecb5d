/** The place in what was copied from a map: "25.03, 121.56", a Google Maps or an OpenStreetMap address. */
export function coordinatesIn(text: string): { latitude: string; longitude: string } | null {
  const number = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
  const ways = [
    new RegExp(`^\\s*${number}\\s*[,，]\\s*${number}\\s*$`),
    new RegExp(`!3d${number}!4d${number}`),
    new RegExp(`@${number},${number}`),
    new RegExp(`[?&](?:q|query|ll)=${number}(?:,|%2C)\\s*${number}`),
    new RegExp(`mlat=${number}&mlon=${number}`),
  ];
  for (const way of ways) {
    const found = way.exec(text);
    const [latitude, longitude] = [found?.[1], found?.[2]];
    if (!latitude || !longitude) continue;
    if (Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180)
      return { latitude, longitude };
  }
  return null;
}

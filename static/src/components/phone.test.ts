import { expect, it } from "vitest";
import { readablePhone } from "./phone";

it.each([
  ["+886900000422", "+886 900 000 422"],
  ["+85220000074", "+852 2000 0074"],
  ["+15550100123", "+1 555 010 0123"],
  ["+447700900123", "+44 770 090 0123"],
  ["+8613800000000", "+86 138 0000 0000"],
])("writes %s as %s", (number, written) => expect(readablePhone(number)).toBe(written));

it.each(["", "0900 000 422", "+886 900 000 422", "+1", "hidden"])(
  "leaves %j, which is not E.164, as it is",
  (text) => expect(readablePhone(text)).toBe(text),
);

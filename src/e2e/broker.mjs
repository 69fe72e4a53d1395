// What both stories share: where the broker is, who is in it, and the codes of an app.
import { createHmac } from "node:crypto";

export const url = process.env.DAYPASS_URL;
export const account = process.env.DAYPASS_ACCOUNT;
export const user = process.env.DAYPASS_USER;
export const password = process.env.DAYPASS_PASSWORD;
export const role = process.env.DAYPASS_ROLE;
const seed = process.env.DAYPASS_SEED;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function bytes(base32) {
  const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
}

/** RFC 6238: six digits of a seed, at a time in milliseconds. */
export function codeOf(base32, time = Date.now()) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time / 30_000)));
  const hash = createHmac("sha1", bytes(base32)).update(counter).digest();
  const at = hash.at(-1) & 15;
  return ((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).toString().padStart(6, "0");
}

let last = process.env.DAYPASS_USED_CODE;

/** A code that was not used yet: a device's are good once. */
export async function code() {
  while (codeOf(seed) === last) {
    await new Promise((wake) => setTimeout(wake, 500));
  }
  return (last = codeOf(seed));
}

export function check(right, what) {
  if (!right) {
    throw new Error(what);
  }
}

import "server-only";
import { equalInConstantTime, hmac } from "lib/base/crypto";
import { env } from "lib/base/env";

/**
 * Guards /setup until an organization exists. Derived from the secret, so every replica prints and accepts the same
 * one and nothing is stored; it ends with the page itself.
 */
export const setupToken = () => hmac(env().NEXTAUTH_SECRET, "gatehouse setup").slice(0, 32);

export const isSetupToken = (value: string) => equalInConstantTime(value, setupToken());

import { readFileSync } from "node:fs";

import { Keystore } from "ox";
import type { Hex, PrivateKeyAccount } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { z } from "zod";

import { ConfigError } from "./ConfigError.ts";
import type { Settings } from "./settings.ts";

/** What the decryption stands on; the library checks the key derivation's own parameters. */
const keystoreForm = z.looseObject({
  version: z.literal(3),
  crypto: z.looseObject({
    cipher: z.literal("aes-128-ctr"),
    cipherparams: z.object({ iv: z.string() }),
    ciphertext: z.string(),
    kdf: z.enum(["scrypt", "pbkdf2"]),
    mac: z.string(),
  }),
});

type AccountSettings = Pick<Settings, "privateKey" | "keystore" | "keystorePassword" | "keystorePasswordFile">;

/** The signer, from its key or from its encrypted keystore. @throws ConfigError */
export async function loadAccount(settings: AccountSettings): Promise<PrivateKeyAccount> {
  const key = settings.privateKey ?? (await decrypt(settings));
  try {
    return privateKeyToAccount(key as Hex);
  } catch {
    throw new ConfigError(["The signer's private key is not a key of secp256k1."]);
  }
}

async function decrypt({ keystore, keystorePassword, keystorePasswordFile }: AccountSettings): Promise<Hex> {
  const path = keystore ?? "";
  const password = keystorePassword ?? readText(keystorePasswordFile ?? "", "password file").replace(/\r?\n$/, "");
  const text = readText(path, "keystore");
  let parsed: Keystore.Keystore;
  try {
    parsed = keystoreForm.parse(JSON.parse(text)) as Keystore.Keystore;
  } catch {
    throw new ConfigError([`The keystore ${path} is not a version 3 JSON keystore with aes-128-ctr.`]);
  }
  try {
    return Keystore.decrypt(parsed, await Keystore.toKeyAsync(parsed, { password }));
  } catch {
    throw new ConfigError([`The keystore ${path} does not open with this password.`]);
  }
}

function readText(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new ConfigError([`The ${what} ${path} cannot be read.`]);
  }
}

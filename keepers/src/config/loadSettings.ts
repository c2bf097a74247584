import { ConfigError } from "./ConfigError.ts";
import { settings, type Setting, type Settings } from "./settings.ts";

/** Values of flags by setting, as the command line gave them. */
export type Flags = Readonly<Partial<Record<keyof Settings, string | boolean>>>;

/**
 * Flags first, then the environment, then the defaults.
 * @throws ConfigError with one sentence for each wrong value
 */
export function loadSettings(flags: Flags, env: NodeJS.ProcessEnv): Settings {
  const values: Record<string, unknown> = {};
  const sentences: string[] = [];
  for (const [name, setting] of Object.entries<Setting>(settings)) {
    const given = flags[name as keyof Settings] ?? nonEmpty(env[setting.env]);
    const parsed = setting.schema.safeParse(given ?? setting.fallback);
    if (parsed.success) {
      values[name] = parsed.data;
    } else if (given === undefined) {
      sentences.push(`${nameOf(setting)} is missing: ${setting.help}.`);
    } else {
      const shown = setting.flag === undefined ? "" : `, not "${String(given)}"`;
      sentences.push(`${nameOf(setting)} ${parsed.error.issues[0]?.message ?? "is wrong"}${shown}.`);
    }
  }
  const loaded = values as unknown as Settings;
  if (sentences.length === 0) sentences.push(...combinations(loaded));
  if (sentences.length > 0) throw new ConfigError(sentences);
  return loaded;
}

/** An empty variable counts as unset, as in compose files. */
function nonEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

function nameOf({ env, flag }: Setting): string {
  return flag === undefined ? env : `${flag.split(" ")[0]} (${env})`;
}

function combinations(values: Settings): string[] {
  const sentences: string[] = [];
  if ((values.privateKey === undefined) === (values.keystore === undefined)) {
    sentences.push("Give the signer by exactly one of KEEPER_PRIVATE_KEY and --keystore (KEEPER_KEYSTORE).");
  }
  if (values.keystore !== undefined) {
    if ((values.keystorePassword === undefined) === (values.keystorePasswordFile === undefined)) {
      sentences.push(
        "Give the keystore's password by exactly one of KEEPER_KEYSTORE_PASSWORD and --keystore-password-file.",
      );
    }
  }
  if (values.bots.includes("expirer") && values.expirerBudget === undefined) {
    sentences.push(
      "The expirer earns nothing: say what it may spend a day with --expirer-budget (KEEPER_EXPIRER_BUDGET).",
    );
  }
  if (values.bots.includes("oracle") && values.oracleBudget === undefined) {
    sentences.push(
      "The oracle bot earns nothing: say what it may spend a day with --oracle-budget (KEEPER_ORACLE_BUDGET).",
    );
  }
  if (values.bots.includes("oracle") && values.ethereumRpcUrls.length === 0) {
    sentences.push("The oracle bot pushes from Ethereum: name its nodes with --ethereum-rpc (ETHEREUM_RPC_URLS).");
  }
  if (values.minTipGwei > values.maxFeeGwei) {
    sentences.push("--min-tip-gwei (KEEPER_MIN_TIP_GWEI) must not be above --max-fee-gwei (KEEPER_MAX_FEE_GWEI).");
  }
  return sentences;
}

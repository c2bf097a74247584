import { ponder } from "ponder:registry";

import { readSettings } from "../settings.ts";
import { isDeployed } from "./onlyDeployed.ts";

const { deployment } = readSettings(process.env);

/** Ponder refuses handlers of contracts that its configuration does not have. */
const ignore: typeof ponder.on = () => undefined;

/** `ponder.on`, where lending is deployed. */
export const onLend: typeof ponder.on = isDeployed(deployment, "lend") ? ponder.on.bind(ponder) : ignore;

/** `ponder.on`, where the oracle is deployed. */
export const onOracle: typeof ponder.on = isDeployed(deployment, "oracle") ? ponder.on.bind(ponder) : ignore;

/** The first block that can hold an event. */
export const firstBlock = BigInt(deployment.startBlock);

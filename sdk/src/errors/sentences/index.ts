import type { Sentences } from "../catalogue.ts";
import { accessSentences } from "./access.ts";
import { computeSentences } from "./compute.ts";
import { computeMarketSentences } from "./computeMarket.ts";
import { lendSentences } from "./lend.ts";
import { oracleSentences } from "./oracle.ts";
import { orderSentences } from "./orders.ts";
import { protocolSentences } from "./protocol.ts";
import { relaySentences } from "./relay.ts";
import { tokenSentences } from "./tokens.ts";

/** A sentence for every error of the ABIs; one without does not compile. */
export const sentences: Sentences = {
  ...accessSentences,
  ...computeSentences,
  ...computeMarketSentences,
  ...lendSentences,
  ...oracleSentences,
  ...orderSentences,
  ...protocolSentences,
  ...relaySentences,
  ...tokenSentences,
};

import { getPushFee, priceFeedSenderAbi, pushPrices } from "@cxmpute/sdk";
import { formatEther, parseEventLogs } from "viem";

import { act } from "../lib/act.ts";
import { connect } from "../lib/connect.ts";
import { type Context, openContext, openSender } from "../lib/context.ts";
import { counterpart } from "../lib/ethereumSide.ts";
import { requireOracle } from "../lib/lend.ts";
import { print, printJson } from "../lib/print.ts";
import { TaskError } from "../lib/TaskError.ts";

interface PushArguments {
  deployment: string | undefined;
  json: boolean;
  from: string;
  feeds: string;
  ethereum: string | undefined;
}

/** Sends prices from Ethereum; they arrive when LayerZero's verifiers and executor have done their work. */
export default act(async (args: PushArguments, hre) => {
  const context = await openContext(hre, args);
  const feeds = chosenFeeds(context, args.feeds);
  const network = counterpart(context.connection.networkName, args.ethereum);
  const { sister } = context.deployment;
  const ethereum = await connect(hre, network);
  if (sister?.chainId !== ethereum.chainId) {
    throw new TaskError(
      `the deployment's prices come from chain ${sister?.chainId}, ${network} is ${ethereum.chainId}`,
    );
  }
  const { wallet } = await openSender(ethereum, args.from);

  const feedIds = feeds.map(({ id }) => id);
  const { priceFeedSender } = sister;
  const fee = await getPushFee(ethereum.client, { priceFeedSender, feedIds });
  const { hash } = await pushPrices(wallet, { priceFeedSender, feedIds, fee });
  const receipt = await ethereum.client.waitForTransactionReceipt({ hash });
  const [pushed] = parseEventLogs({ abi: priceFeedSenderAbi, eventName: "PricesPushed", logs: receipt.logs });
  if (pushed === undefined) throw new TaskError(`the push reverted in ${hash}`);

  const result = { guid: pushed.args.guid, feeds: feeds.map(({ name }) => name), fee, transaction: hash };
  if (args.json) {
    printJson(result);
    return result;
  }
  print(`Pushed ${result.feeds.join(", ")} for ${formatEther(fee)} ether`);
  print(`LayerZero's message ${result.guid}, transaction ${hash}`);
  print("They arrive in about the time that the path's confirmations take: see oracle:status");
  return result;
});

function chosenFeeds(context: Context, text: string): { name: string; id: number }[] {
  const known = Object.entries(requireOracle(context).feeds).map(([name, { id }]) => ({ name, id }));
  if (text === "all") return known;
  return text.split(",").map((part) => {
    const feed = known.find(({ name }) => name.toLowerCase() === part.trim().toLowerCase());
    if (feed === undefined) {
      throw new TaskError(`there is no feed ${part.trim()}: one of ${known.map(({ name }) => name).join(", ")}`);
    }
    return feed;
  });
}

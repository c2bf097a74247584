import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import { giveRoles } from "../lib/giveRoles.ts";
import { defaults } from "../parameters.ts";
import { orderBookRoles } from "../roles.ts";
import Access from "./Access.ts";

/**
 * The order book: what it fixes for good stands first, the book last, and then the observer learns whose fills it
 * records. Fees go to the timelock until governance names a collector.
 *
 * Parameters: `takerFee` in millionths, `permit2`, and `wrappedCoin`, the ERC-20 that wraps the chain's coin.
 */
export default buildModule("Dex", (m) => {
  const { accessManager, timelock } = m.useModule(Access);
  const takerFee = m.getParameter("takerFee", defaults.takerFee);
  const permit2 = m.getParameter<string>("permit2", defaults.permit2);

  const pairObserver = m.contract("PairObserver", [m.getAccount(0)]);
  const orderDescriptor = m.contract("OrderDescriptor");
  const orderExtension = m.contract("OrderExtension", [accessManager, orderDescriptor, pairObserver, permit2]);
  const orderMakerExtension = m.contract("OrderMakerExtension", [orderExtension, pairObserver]);
  const orderNFT = m.contract("OrderNFT", [accessManager, orderMakerExtension, pairObserver, timelock, takerFee]);
  m.call(pairObserver, "bind", [orderNFT]);

  const orderMatcher = m.contract("OrderMatcher", [orderNFT]);
  const orderLens = m.contract("OrderLens", [orderNFT]);
  const orderRouter = m.contract("OrderRouter", [orderNFT, permit2, m.getParameter<string>("wrappedCoin")]);

  giveRoles(m, { accessManager, target: orderNFT, name: "OrderBook", roles: orderBookRoles });

  return {
    orderNFT,
    orderMakerExtension,
    orderExtension,
    orderDescriptor,
    pairObserver,
    orderMatcher,
    orderLens,
    orderRouter,
  };
});

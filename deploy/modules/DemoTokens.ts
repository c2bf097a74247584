import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import { demoTokens } from "../parameters.ts";

/** Tokens for local chains and rehearsals; never deployed where the parameters name real ones. */
export default buildModule("DemoTokens", (m) => {
  const token = (symbol: keyof typeof demoTokens) =>
    m.contract("DemoToken", [demoTokens[symbol].name, symbol, demoTokens[symbol].decimals], { id: symbol });
  const USDC = token("USDC");
  const WETH = token("WETH");
  const WPEAQ = m.contract("WrappedPeaq");

  return { USDC, WETH, WPEAQ };
});

/** Roles of the AccessManager. Zero is OpenZeppelin's own; governance and guardian are ours. */
export const Role = { admin: 0n, governance: 1n, guardian: 2n } as const;

/** What each role may call on the order book. What is not listed stays with the admin, which is the timelock too. */
export const orderBookRoles = {
  governance: [
    "function setTakerFee(uint256 fee)",
    "function setFeeCollector(address collector)",
    "function setFeeDiscount(address discount)",
    "function retire()",
  ],
  guardian: ["function pause(uint256 duration)", "function unpause()"],
} as const;

/** Seconds of the candles that tables hold. */
export const STORED_CANDLES = [60, 900, 14_400] as const;

/** Seconds of each length of candles that the API knows, and of the stored candles that it is made of. */
export const CANDLE_LENGTHS = {
  M1: { seconds: 60, stored: 60 },
  M5: { seconds: 300, stored: 60 },
  M15: { seconds: 900, stored: 900 },
  H1: { seconds: 3_600, stored: 900 },
  H4: { seconds: 14_400, stored: 14_400 },
  D1: { seconds: 86_400, stored: 14_400 },
} as const satisfies Record<string, { readonly seconds: number; readonly stored: (typeof STORED_CANDLES)[number] }>;

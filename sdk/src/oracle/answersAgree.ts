/** Whether `next` is at most 10 % above `answer` and at most 10 % below it: what confirms a jump, exactly. */
export function answersAgree(answer: bigint, next: bigint): boolean {
  return next * 10n <= answer * 11n && next * 10n >= answer * 9n;
}

import { type Text, text } from '#kernel/text.ts';

/** Kinds of sums that property companies limit, so that limits can be set before a procedure asks for them. */
export const STANDARD_DECISIONS: readonly { code: string; title: Text }[] = [
  { code: 'compensation', title: text('赔付、补偿', 'Compensation') },
  { code: 'feeWaiver', title: text('费用减免', 'Waiving of fees') },
  { code: 'refund', title: text('退款', 'Refund') },
  { code: 'repairCost', title: text('维修费用', 'Cost of repairs') },
  { code: 'purchase', title: text('采购', 'Purchase') },
];

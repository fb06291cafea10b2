/** An order to register these values. */
export const order = (values: object, channel = 'hotline') => ({
  type: 'register' as const,
  number: 'KT260305-0009',
  matter: 'complaint',
  channel,
  values: { ...values },
});
/** The same values but for one field. */
export const without = (values: object, field: string): { [key: string]: never } =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== field)) as { [key: string]: never };
/** What is entered when a complaint is solved on the spot. */
export const spot = { opinion: '当场更换门锁', result: '门锁已更换', view: 'accepted', words: '可以' };

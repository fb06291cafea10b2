/** An order to register these values. */
export const order = (values: object, channel = 'hotline') => ({
  type: 'register' as const,
  number: 'KT260305-0009',
  matter: 'complaint',
  channel,
  values: { ...values },
});
export { without } from '../../test/support/without.ts';
/** What is entered when a complaint is solved on the spot. */
export const spot = { opinion: '当场更换门锁', result: '门锁已更换', view: 'accepted', words: '可以' };

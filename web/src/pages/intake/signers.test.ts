import { expect, test } from 'vitest';
import { readSigners } from './signers.ts';

test('those who signed together are read line by line, however the clerk sets them apart', () => {
  expect(readSigners('王秀英 19900001234 3栋2单元502\n\n李强，13800138000\n赵敏 3栋 0571-88880000').signers).toEqual([
    { name: '王秀英', phone: '19900001234', place: '3栋2单元502' },
    { name: '李强', phone: '13800138000', place: '' },
    { name: '赵敏', phone: '0571-88880000', place: '3栋' },
  ]);
});

test('a signer without a telephone is not dropped in silence', () => {
  expect(readSigners('王秀英 19900001234\n张三\n13800138000')).toMatchObject({ unread: ['张三', '13800138000'] });
});

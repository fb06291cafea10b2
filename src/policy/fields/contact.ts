import { bad, type FieldType, good } from './field-type.ts';

export const phone: FieldType<object> = {
  meaning: 'A telephone number: mobile, landline, or international with +.',
  options: {},
  parse(raw) {
    if (typeof raw !== 'string') return bad('field.notPhone', '请填写电话号码', 'Enter a telephone number');
    const value = raw.replace(/[\s\-()（）]/g, '');
    if (!/^(\+\d{6,15}|1[3-9]\d{9}|0\d{9,11}|[2-9]\d{6,7}|(400|800)\d{7}|\d{5})$/.test(value))
      return bad(
        'field.notPhone',
        '电话号码不对：手机 11 位，座机带区号',
        'Not a telephone number: 11 digits for a mobile, area code for a landline',
      );
    return good(value);
  },
};

export const email: FieldType<object> = {
  meaning: 'An e-mail address.',
  options: {},
  parse(raw) {
    if (typeof raw !== 'string' || raw.length > 254 || !/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]+$/.test(raw.trim()))
      return bad('field.notEmail', '邮箱地址不对', 'Not an e-mail address');
    return good(raw.trim());
  },
};

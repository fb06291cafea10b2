/** Departments every property company begins with; routing tables of procedures name them by code. */
export const STANDARD_UNITS = [
  { code: 'service', zh: '客户服务中心', en: 'Customer service centre' },
  { code: 'gardening', zh: '绿化部', en: 'Gardening' },
  { code: 'engineering', zh: '工程部', en: 'Engineering' },
  { code: 'security', zh: '秩序部', en: 'Security' },
  { code: 'cleaning', zh: '环境部', en: 'Cleaning' },
] as const;

/** What one person is in a company that has nobody else yet, with the unit he is it in; each is handed on by `endPost`. */
export const FIRST_POSTS = [
  ['administrator', 'company'],
  ['generalManager', 'company'],
  ['qualityManager', 'company'],
  ['archivist', 'company'],
  ['propertyManager', 'office1'],
  ['receptionist', 'service'],
  ['caseOfficer', 'service'],
  ...STANDARD_UNITS.flatMap((unit): (readonly [string, string])[] => [
    ['departmentHead', unit.code],
    ['handler', unit.code],
  ]),
] as const satisfies readonly (readonly [string, string])[];

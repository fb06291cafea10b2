/** The demo's two estates: 8 buildings, 16 entrances, 400 rooms, the places people share, and what runs there. */

export interface DemoEstate {
  code: string;
  zh: string;
  en: string;
  siteOffice: string;
  handedOver: string;
  buildings: number;
  entrances: number;
  floors: number;
  roomsPerFloor: number;
  places: readonly { code: string; zh: string; en: string }[];
}

export const estates: readonly DemoEstate[] = [
  {
    code: 'JX',
    zh: '锦绣花园',
    en: 'Jinxiu Garden',
    siteOffice: 'jinxiu',
    handedOver: '2016-06-30',
    buildings: 5,
    entrances: 2,
    floors: 11,
    roomsPerFloor: 2,
    places: [
      { code: 'GB1', zh: '中心绿化带', en: 'Central green belt' },
      { code: 'GB2', zh: '东门绿化带', en: 'Green belt at the east gate' },
      { code: 'PARK', zh: '地下车库', en: 'Underground car park' },
      { code: 'PLAY', zh: '儿童游乐区', en: "Children's playground" },
      { code: 'GATE', zh: '东门岗亭', en: 'East gate' },
      { code: 'BIN', zh: '垃圾分类站', en: 'Waste sorting station' },
      { code: 'PUMP', zh: '水泵房', en: 'Pump room' },
      { code: 'DESK', zh: '物业服务中心', en: 'Service counter' },
    ],
  },
  {
    code: 'YX',
    zh: '云溪里',
    en: 'Yunxi Lane',
    siteOffice: 'yunxi',
    handedOver: '2023-12-20',
    buildings: 3,
    entrances: 2,
    floors: 15,
    roomsPerFloor: 2,
    places: [
      { code: 'GB1', zh: '溪畔绿化带', en: 'Green belt by the stream' },
      { code: 'PARK', zh: '地下车库', en: 'Underground car park' },
      { code: 'GYM', zh: '健身步道', en: 'Fitness path' },
      { code: 'GATE', zh: '南门岗亭', en: 'South gate' },
      { code: 'BIN', zh: '垃圾分类站', en: 'Waste sorting station' },
      { code: 'PUMP', zh: '水泵房', en: 'Pump room' },
    ],
  },
];

/** What stands in every entrance, and at single places of an estate. */
export const entranceEquipment = [
  { kind: 'lift', zh: '电梯', en: 'Lift' },
  { kind: 'doorPhone', zh: '单元门禁', en: 'Door phone' },
  { kind: 'light', zh: '楼道照明', en: 'Staircase lights' },
] as const;
export const placeEquipment = [
  { place: 'PUMP', kind: 'pump', zh: '生活水泵', en: 'Water pump' },
  { place: 'PARK', kind: 'light', zh: '车库照明', en: 'Car park lights' },
  { place: 'PARK', kind: 'barrier', zh: '车库道闸', en: 'Car park barrier' },
  { place: 'GATE', kind: 'camera', zh: '门岗监控', en: 'Gate camera' },
  { place: 'GB1', kind: 'sprinkler', zh: '绿化喷灌', en: 'Sprinklers' },
] as const;

/** HTTP status of a refusal by its stable code; the first pattern that fits. What is not listed could be put right by the sender: 422. */
const TABLE: [RegExp, number][] = [
  [/^session\.(missing|ended)$/, 401],
  [/^(signIn\.(wrongCode|stepOver)|passkey\.unfit)$/, 401],
  [/^account\.(firstPassword|secondFactor|proofNeeded)$/, 403],
  [/^key\.site$/, 403],
  [/^(session|key)\.unknown$/, 404],
  [/^invitation\.over$/, 410],
  [/^account\.(factorRequired|factorThere|noFactor)$/, 409],
  [/^signIn\.wrong$/, 401],
  [/^(signIn\.locked|request\.tooMany)$/, 429],
  [
    /^(request\.crossSite|key\.scope|register\.notYours|report\.notYours|role\.[A-Za-z]+|setup\.(notHere|codeNeeded|codeWrong))$/,
    403,
  ],
  [
    /^(case\.unknown|step\.unknown|route\.unknown|attachment\.notFound|notice\.unknown|report\.unknown|webhook\.(unknown|unknownDelivery)|incident\.unknown|contact\.unknown|pack\.unknown|list\.unknown|staffing\.unknown|shiftList\.unknown|document\.unknown|sandbox\.none|channel\.unknown|deadLetter\.notThere|demo\.person|person\.unknown|premises\.(unknown|noSigns)|dossier\.none|proposal\.unknown)$/,
    404,
  ],
  [/^(request\.(brokenText|notJson|nulCharacter|tooDeep|forbiddenKey|malformed|badKey))$/, 400],
  [/^(request\.tooLarge|attachment\.tooLarge|sheet\.tooLarge|attachment\.tooManyPixels)$/, 413],
  [/^(request\.mediaType|attachment\.notAllowed)$/, 415],
  [/^case\.changedMeanwhile$/, 412],
  [/^case\.withoutMatch$/, 428],
  [
    /^(step\.notNow|outside\.notNow|case\.archived|setup\.done|account\.taken|attachment\.ofAnotherCase|sandbox\.backwards|person\.(holdsCases|lastAdministrator|lastHolder)|post\.lastHolder|premises\.faulty|list\.(faulty|notNow|depended)|move\.(same|noPlace|notInForce)|proposal\.(decided|faulty|outdated))$/,
    409,
  ],
  [/^(join\.[a-zA-Z]+|split\.alone|incident\.ended|contact\.notSuggested|webhook\.paused)$/, 409],
  [/^dispatch\.notOffered$/, 403],
  [
    /^(dispatch\.(notNow|taken|full|notYours)|handOver\.(notYours|nothingHeld)|shiftList\.(empty|changed|notWaiting))$/,
    409,
  ],
  [/^(call|exchange)\.unknown$/, 404],
  [/^(call\.(taken|settled)|deadLetter\.settled)$/, 409],
  [/^service\.[A-Za-z]+$/, 503],
  [/^internal\.error$/, 500],
];

export function statusOf(code: string): number {
  return TABLE.find(([pattern]) => pattern.test(code))?.[1] ?? 422;
}

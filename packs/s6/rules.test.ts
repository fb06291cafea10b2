import { describe, test } from 'vitest';
import { pack, quality } from './golden.ts';
import * as complaint from './shown/complaint.ts';
import * as parties from './shown/parties.ts';
import * as reception from './shown/reception.ts';
import * as reporting from './shown/reporting.ts';
import * as rework from './shown/rework.ts';
import * as work from './shown/work.ts';

describe('Who takes it and who answers (一, 二, 三.一)', () => {
  test('S6-01 · documents of six kinds, each with its estate, first day and file', () => reporting.sixDocuments(pack));
  test('S6-04 · inside and outside liability are told apart, from a fixed list', () =>
    reception.insideAndOutsideAreTold(pack));
  test('S6-03 · nothing is turned away, and it passes only to a person named who has confirmed', () =>
    reception.itPassesOnlyToWhoTakesIt(pack));
  test('S6-64 · the one who follows up keeps it until a named successor confirms', () =>
    reception.itPassesOnlyToWhoTakesIt(pack));
  test('S6-07 · every report has a named person from its first moment', () => reception.theReceiverFollowsUp(pack));
  test('S6-62 S6-63 · who receives it follows it up, and the receipt gives name and telephone', () =>
    reception.theReceiverFollowsUp(pack));
  test('S6-08 S6-09 S6-10 · site office, customer service, supervision centre hear of lateness in turn', () =>
    reception.threeLevelsHear(pack));
  test('S6-11 · the repair team is sent, and its supervisor hears when it is late', () =>
    work.theRepairTeamIsSent(pack));
  test('S6-12 · the engineering department, when asked, answers itself and in time', () => work.engineersAnswer(pack));
});

describe('Reception and liability (三.二)', () => {
  test('S6-13 · answered on the fourth ring, a call misses the mark', () => reception.fourRingsAreOneTooMany(pack));
  test('S6-16 · room, name, telephone and item: without one of them nothing is registered', () =>
    reception.fourThingsAreAsked(pack));
  test('S6-17 · each finding leads its own way; before one is found nobody is sent', () =>
    reception.liabilityDecidesTheWay(pack));
  test('S6-18 · a paid service is not dispatched before the price list is told', () =>
    reception.thePriceIsToldFirst(pack));
  test('S6-19 · paid service: the team is told by 10:05:00, or its supervisor hears', () =>
    reception.theTeamIsToldInFiveMinutes(pack, { part: 'private' }, reception.told.private));
  test('S6-20 · an appointment replaces the quarter of an hour', () => reception.anAppointmentCounts(pack));
  test('S6-21 · shared facilities: thanks or apology, and about when it is done', () =>
    reception.sharedFacilitiesAreThankedFor(pack));
  test('S6-22 · shared facilities: the same five minutes', () =>
    reception.theTeamIsToldInFiveMinutes(pack, { part: 'shared' }, reception.told.shared));
  test('S6-23 · out of warranty is reckoned from the handing over and the item', () =>
    reception.warrantyIsReckoned(pack));
  test('S6-24 · the owner’s liability is explained with its ground and accepted, or it does not end there', () =>
    reception.theOwnerIsConvinced(pack));
  test('S6-25 · unclear: the owner is told, a joint survey follows and decides', () =>
    reception.unclearIsSurveyed(pack));
  test('S6-26 · what the owner bears may become a paid service, with the price told', () =>
    reception.itBecomesAPaidService(pack));
  test('S6-27 · a legacy defect begins with an apology', () => reception.legacyIsApologisedFor(pack));
  test('S6-28 · a legacy defect: when, which telephone, who follows up', () => reception.legacyTellsThreeThings(pack));
  test('S6-29 · legacy defect: the same five minutes', () =>
    reception.theTeamIsToldInFiveMinutes(pack, { ...quality, cause: 'developerLegacy' }, reception.told.legacy));
  test('S6-30 · a joint inspection names who was there and bears their signatures', () =>
    reception.jointInspectionIsSigned(pack));
  test('S6-31 · an inspection ends in a proposal and a liable unit', () => reception.inspectionHasTwoFruits(pack));
  test('S6-32 · plan, approximate time and what the owner should do are told before work begins', () =>
    reception.thePlanIsTold(pack));
  test('S6-33 · urgent: the call counts, the order follows within a day', () => reception.urgentIsCalledFirst(pack));
});

describe('Time limits (四.一)', () => {
  test('S6-34 · the promises are open to owners', () => work.promisesAreOpen(pack));
  test('S6-35 · order taken 10:05: on site at 10:20:00 is kept, a second later late', () =>
    work.onSiteInAQuarter(pack));
  test('S6-37 · two hours are striven for, twenty-four are the limit', () => work.twoHoursOrADay(pack));
  test('S6-38 · general repairs have seventy-two hours', () => work.generalIn72Hours(pack));
  test('S6-39 · large repairs, specialists, distant parts: explained within 48 hours with the time', () =>
    work.largeIsExplained(pack));
  test('S6-40 · news of large repairs reaches the reporter; silence is noticed', () => work.newsIsPassedOn(pack));
  test('S6-41 · seven grades; another grade needs reason and supervisor, reckoned from the order', () =>
    work.gradesAreSeven(pack));
});

describe('Papers, charges and liability (四.二)', () => {
  test('S6-43 · the owner signs the order before anything is charged', () => work.signedBeforeCharged(pack));
  test('S6-44 · the team’s own work is completed with materials, hours and result', () => work.ownWorkIsRecorded(pack));
  test('S6-45 · a warrantor is contacted on record and with a time to answer', () =>
    work.outsideUnitsAreContacted(pack));
  test('S6-46 · a sheet says what it is for, and is printed as it was issued', () => parties.sheetsHaveAPurpose(pack));
  test('S6-52 S6-54 · nothing is archived without a sheet, nothing settled before it came back', () =>
    parties.sheetBeforeArchiveAndMoney(pack));
  test('S6-61 · commissioned: the letter, the price agreed, and a receipt', () =>
    reception.commissionNeedsItsPapers(pack));
  test('S6-47 · who pays is one of three', () => work.threePayers(pack));
  test('S6-06 · what is beyond authority is refused and goes up by contact sheet', () =>
    parties.authorityHasALimit(pack));
  test('S6-48 · own repairs beyond the delegated amount wait for the developer', () =>
    parties.authorityHasALimit(pack));
  test('S6-49 · own repair: both dates, the warrantor’s refusal, the developer’s request', () =>
    parties.situationNeeds(pack, 'own', ['warrantyEndedOn', 'deliveryWarrantyUntil', 'refusal', 'request']));
  test('S6-50 · the contractor is called and urged, on record', () =>
    parties.situationNeeds(pack, 'contractor', ['contact']));
  test('S6-51 · the developer arranges: report and management of the site', () =>
    parties.situationNeeds(pack, 'developer', ['report', 'siteManagement']));
  test('S6-53 · affiliated: director, customer service, general manager, developer; several may go as one', () =>
    parties.affiliatedChain(pack));
  test('S6-55 · another developer: an answer by a date, reminders, the next level', () =>
    parties.thirdPartyChain(pack));
  test('S6-56 · another developer’s estate: supervision, liaison and feedback on record', () =>
    parties.threeKindsOfRecord(pack));
  test('S6-58 · the owner repairs himself: coordination and supervision on record', () =>
    parties.ownerWorkIsWatched(pack));
  test('S6-59 · a hazard goes its own way, none of whose steps can be left out', () => parties.hazardHasItsWay(pack));
  test('S6-60 · today’s number of the article is cited', () => parties.theArticleIsTodays(pack));
});

describe('Following up and reporting (五)', () => {
  test('S6-68 · the area officer of the room makes the visit', () => work.theOfficerOfTheRoomVisits(pack));
  test('S6-65 · contact with the reporter and with others is told apart', () => work.contactHasAKind(pack));
  test('S6-66 · the order is back within 24 hours of the repair', () => reporting.theOrderComesBack(pack));
  test('S6-67 · within 72 hours after that the visit; a failure opens a further repair', () =>
    reporting.thenTheVisit(pack));
  test('S6-71 · the log is compared the next day, what is unfinished explained item by item', () =>
    reporting.theLogIsCompared(pack));
  test('S6-72 · what was carried over is explained every day and stays until it is done', () =>
    reporting.carriedUntilDone(pack));
  test('S6-73 · every month two levels check, and the developer gets a version without personal data', () =>
    reporting.everyMonthIsReported(pack));
  test('S6-05 · papers and quality are gates before any end', () => reporting.papersAndQualityAreGates(pack));
  test('S6-74 · what is unfinished at the month’s end is supervised until done', () =>
    reporting.unfinishedIsSupervised(pack));
  test('S6-75 · own repairs of more than three days wait for two approvals', () => reporting.longWorkNeedsAPlan(pack));
  test('S6-76 · while it lasts every day has its entry', () => reporting.everyDayIsLogged(pack));
});

describe('Complaints from repairs (六)', () => {
  test('S6-77 · a repair becomes a complaint with one act, linked, with a cause of the list', () =>
    complaint.aRepairBecomesAComplaint(pack));
  test('S6-78 · whoever is liable, the complaint is taken', () => complaint.everyComplaintIsTaken(pack));
  test('S6-79 · the site director answers for every complaint', () => complaint.theDirectorAnswers(pack));
  test('S6-80 · the centre settles an ordinary matter, with record and aftermath', () =>
    complaint.ordinaryMattersAreSettled(pack));
  test('S6-81 · each of three reasons brings the director; if he does not come the next level hears', () =>
    complaint.threeReasonsBringTheDirector(pack));
  test('S6-82 · without a meeting on record the complaint cannot be closed', () => complaint.theDirectorMeets(pack));
  test('S6-83 · an answer without its grounds is not taken', () => complaint.answersHaveGrounds(pack));
  test('S6-84 · the director promises nothing that the developer has not agreed to', () =>
    complaint.nothingIsPromisedAlone(pack));
  test('S6-87 · small: telephone, promise, sheet afterwards, and only then paid', () =>
    complaint.smallByTelephone(pack));
  test('S6-87 · an agreement by telephone that nobody confirms in writing in time lapses, or is overdue once promised', () =>
    complaint.telephoneNeedsWriting(pack));
  test('S6-88 · large: reassured, sounded out, the next talk agreed', () => complaint.largeIsTalkedOver(pack));
  test('S6-89 · the sheet goes to customer service, whose manager drafts', () => complaint.theManagerDrafts(pack));
  test('S6-90 · the general manager issues, the developer authorises', () => complaint.theDeveloperAuthorises(pack));
  test('S6-91 · who led and who spoke is on record', () => complaint.talksHaveALeader(pack));
  test('S6-92 · before the developer’s answer no further talks, beyond it no offer', () =>
    complaint.talksStayWithinTheAnswer(pack));
  test('S6-94 · round after round, others joining, until there is a result', () => complaint.roundAfterRound(pack));
  test('S6-95 · without the owner’s signature under the memo nothing is paid', () => complaint.theMemoIsSigned(pack));
  test('S6-96 · paid only against both papers', () => complaint.paidAgainstBothPapers(pack));
  test('S6-97 · dissatisfied with the repair: repaired again by a case of its own', () =>
    rework.dissatisfiedIsRepairedAgain(pack));
  test('S6-98 · a small rework needs the consent of developer and warrantor', () => rework.bothConsent(pack));
  test('S6-99 · a large rework goes up by sheet at once', () => rework.largeReworkGoesUp(pack));
  test('S6-100 · both managers review within three days', () => rework.reviewedInThreeDays(pack));
  test('S6-101 · no rework before the general manager and the developer', () => rework.noReworkWithoutAnswer(pack));
  test('S6-102 · done when the owner accepts, or when it meets the rules', () => rework.doneByOneOfTwo(pack));
});

import { describe, expect, test } from 'vitest';
import { quality, reported, who } from '../s6/golden.ts';
import * as complaint from '../s6/shown/complaint.ts';
import * as parties from '../s6/shown/parties.ts';
import * as reception from '../s6/shown/reception.ts';
import * as reporting from '../s6/shown/reporting.ts';
import * as rework from '../s6/shown/rework.ts';
import * as work from '../s6/shown/work.ts';
import { pack } from './golden.ts';

describe('Who takes it and who answers', () => {
  test('S7-05 · documents of six kinds, each with its estate, first day and file', () => reporting.sixDocuments(pack));
  test('S7-62 · the one who follows up keeps it until a named successor confirms', () =>
    reception.itPassesOnlyToWhoTakesIt(pack));
  test('S7-60 S7-61 · who receives it follows it up, and the receipt gives name and telephone', () =>
    reception.theReceiverFollowsUp(pack));
  test('S7-06 S7-07 S7-08 · site office, customer service, supervision centre hear of lateness in turn', () =>
    reception.threeLevelsHear(pack));
  test('S7-09 · the repair team is sent, and its supervisor hears when it is late', () =>
    work.theRepairTeamIsSent(pack));
  test('S7-10 · the engineering department, when asked, answers itself and in time', () => work.engineersAnswer(pack));
});

describe('Reception and liability', () => {
  test('S7-11 · answered on the fourth ring, a call misses the mark', () => reception.fourRingsAreOneTooMany(pack));
  test('S7-14 · room, name, telephone and item: without one of them nothing is registered', () =>
    reception.fourThingsAreAsked(pack));
  test('S7-15 · each finding leads its own way; before one is found nobody is sent', () =>
    reception.liabilityDecidesTheWay(pack));
  test('S7-16 · a paid service is not dispatched before the price list is told', () =>
    reception.thePriceIsToldFirst(pack));
  test('S7-17 · paid service: the team is told by 10:05:00, or its supervisor hears', () =>
    reception.theTeamIsToldInFiveMinutes(pack, { part: 'private' }, reception.told.private));
  test('S7-18 · an appointment replaces the quarter of an hour', () => reception.anAppointmentCounts(pack));
  test('S7-19 · shared facilities: thanks or apology, and about when it is done', () =>
    reception.sharedFacilitiesAreThankedFor(pack));
  test('S7-20 · shared facilities: the same five minutes', () =>
    reception.theTeamIsToldInFiveMinutes(pack, { part: 'shared' }, reception.told.shared));
  test('S7-21 · out of warranty is reckoned from the handing over and the item', () =>
    reception.warrantyIsReckoned(pack));
  test('S7-22 · the owner’s liability is explained with its ground and accepted, or it does not end there', () =>
    reception.theOwnerIsConvinced(pack));
  test('S7-23 · unclear: the owner is told, a joint survey follows and decides', () =>
    reception.unclearIsSurveyed(pack));
  test('S7-24 · what the owner bears may become a paid service, with the price told', () =>
    reception.itBecomesAPaidService(pack));
  test('S7-25 · a legacy defect begins with an apology', () => reception.legacyIsApologisedFor(pack));
  test('S7-26 · a legacy defect: when, which telephone, who follows up', () => reception.legacyTellsThreeThings(pack));
  test('S7-27 · legacy defect: the same five minutes', () =>
    reception.theTeamIsToldInFiveMinutes(pack, { ...quality, cause: 'developerLegacy' }, reception.told.legacy));
  test('S7-28 · a joint inspection names who was there and bears their signatures', () =>
    reception.jointInspectionIsSigned(pack));
  test('S7-29 · an inspection ends in a proposal and a liable unit', () => reception.inspectionHasTwoFruits(pack));
  test('S7-30 · plan, approximate time and what the owner should do are told before work begins', () =>
    reception.thePlanIsTold(pack));
  test('S7-31 · urgent: the call counts, the order follows within a day', () => reception.urgentIsCalledFirst(pack));
});

describe('Time limits', () => {
  test('S7-32 · the promises are open to owners', () => work.promisesAreOpen(pack));
  test('S7-33 · order taken 10:05: on site at 10:20:00 is kept, a second later late', () =>
    work.onSiteInAQuarter(pack));
  test('S7-35 · two hours are striven for, twenty-four are the limit', () => work.twoHoursOrADay(pack));
  test('S7-36 · general repairs have seventy-two hours', () => work.generalIn72Hours(pack));
  test('S7-37 · large repairs, specialists, distant parts: explained within 48 hours with the time', () =>
    work.largeIsExplained(pack));
  test('S7-38 · news of large repairs reaches the reporter; silence is noticed', () => work.newsIsPassedOn(pack));
  test('S7-39 · seven grades; another grade needs reason and supervisor, reckoned from the order', () =>
    work.gradesAreSeven(pack));
});

describe('Papers, charges and liability', () => {
  test('S7-41 · the owner signs the order before anything is charged', () => work.signedBeforeCharged(pack));
  test('S7-42 · the team’s own work is completed with materials, hours and result', () => work.ownWorkIsRecorded(pack));
  test('S7-43 · a warrantor is contacted on record and with a time to answer', () =>
    work.outsideUnitsAreContacted(pack));
  test('S7-44 · a sheet says what it is for, and is printed as it was issued', () => parties.sheetsHaveAPurpose(pack));
  test('S7-50 S7-52 · nothing is archived without a sheet, nothing settled before it came back', () =>
    parties.sheetBeforeArchiveAndMoney(pack));
  test('S7-59 · commissioned: the letter, the price agreed, and a receipt', () =>
    reception.commissionNeedsItsPapers(pack));
  test('S7-45 · who pays is one of three', () => work.threePayers(pack));
  test('S7-46 · own repairs beyond the delegated amount wait for the developer', () =>
    parties.authorityHasALimit(pack));
  test('S7-47 · own repair: both dates, the warrantor’s refusal, the developer’s request', () =>
    parties.situationNeeds(pack, 'own', ['warrantyEndedOn', 'deliveryWarrantyUntil', 'refusal', 'request']));
  test('S7-48 · the contractor is called and urged, on record', () =>
    parties.situationNeeds(pack, 'contractor', ['contact']));
  test('S7-49 · the developer arranges: report and management of the site', () =>
    parties.situationNeeds(pack, 'developer', ['report', 'siteManagement']));
  test('S7-51 · affiliated: director, customer service, general manager, developer; several may go as one', () =>
    parties.affiliatedChain(pack));
  test('S7-53 · another developer: an answer by a date, reminders, the next level', () =>
    parties.thirdPartyChain(pack));
  test('S7-54 · another developer’s estate: supervision, liaison and feedback on record', () =>
    parties.threeKindsOfRecord(pack));
  test('S7-56 · the owner repairs himself: coordination and supervision on record', () =>
    parties.ownerWorkIsWatched(pack));
  test('S7-57 · a hazard goes its own way, none of whose steps can be left out', () => parties.hazardHasItsWay(pack));
  test('S7-58 · today’s number of the article is cited', () => parties.theArticleIsTodays(pack));
});

describe('Following up and reporting', () => {
  test('S7-66 · the area officer of the room makes the visit', () => work.theOfficerOfTheRoomVisits(pack));
  test('S7-63 · contact with the reporter and with others is told apart', () => work.contactHasAKind(pack));
  test('S7-64 · the order is back within 24 hours of the repair', () => reporting.theOrderComesBack(pack));
  test('S7-65 · within 72 hours after that the visit; a failure opens a further repair', () =>
    reporting.thenTheVisit(pack));
  test('S7-69 · the log is compared the next day, what is unfinished explained item by item', () =>
    reporting.theLogIsCompared(pack));
  test('S7-70 · what was carried over is explained every day and stays until it is done', () =>
    reporting.carriedUntilDone(pack));
  test('S7-71 · every month two levels check, and the developer gets a version without personal data', () =>
    reporting.everyMonthIsReported(pack));
  test('S7-72 · what is unfinished at the month’s end is supervised until done', () =>
    reporting.unfinishedIsSupervised(pack));
  test('S7-73 · own repairs of more than three days wait for two approvals', () => reporting.longWorkNeedsAPlan(pack));
  test('S7-74 · while it lasts every day has its entry', () => reporting.everyDayIsLogged(pack));
});

describe('Complaints from repairs', () => {
  test('S7-75 · a repair becomes a complaint with one act, linked, with a cause of the list', () =>
    complaint.aRepairBecomesAComplaint(pack));
  test('S7-76 · whoever is liable, the complaint is taken', () => complaint.everyComplaintIsTaken(pack));
  test('S7-77 · the site director answers for every complaint', () => complaint.theDirectorAnswers(pack));
  test('S7-78 · the centre settles an ordinary matter, with record and aftermath', () =>
    complaint.ordinaryMattersAreSettled(pack));
  test('S7-79 · each of three reasons brings the director; if he does not come the next level hears', () =>
    complaint.threeReasonsBringTheDirector(pack));
  test('S7-80 · without a meeting on record the complaint cannot be closed', () => complaint.theDirectorMeets(pack));
  test('S7-81 · an answer without its grounds is not taken', () => complaint.answersHaveGrounds(pack));
  test('S7-82 · the director promises nothing that the developer has not agreed to', () =>
    complaint.nothingIsPromisedAlone(pack));
  test('S7-85 · small: telephone, promise, sheet afterwards, and only then paid', () =>
    complaint.smallByTelephone(pack));
  test('S7-85 · an agreement by telephone that nobody confirms in writing in time lapses, or is overdue once promised', () =>
    complaint.telephoneNeedsWriting(pack));
  test('S7-86 · large: reassured, sounded out, the next talk agreed', () => complaint.largeIsTalkedOver(pack));
  test('S7-87 · the sheet goes to customer service, whose manager drafts', () => complaint.theManagerDrafts(pack));
  test('S7-88 · the general manager issues, the developer authorises', () => complaint.theDeveloperAuthorises(pack));
  test('S7-89 · who led and who spoke is on record', () => complaint.talksHaveALeader(pack));
  test('S7-90 · before the developer’s answer no further talks, beyond it no offer', () =>
    complaint.talksStayWithinTheAnswer(pack));
  test('S7-92 · round after round, others joining, until there is a result', () => complaint.roundAfterRound(pack));
  test('S7-93 · without the owner’s signature under the memo nothing is paid', () => complaint.theMemoIsSigned(pack));
  test('S7-94 · paid only against both papers', () => complaint.paidAgainstBothPapers(pack));
  test('S7-95 · dissatisfied with the repair: repaired again by a case of its own', () =>
    rework.dissatisfiedIsRepairedAgain(pack));
  test('S7-96 · a small rework needs the consent of developer and warrantor', () => rework.bothConsent(pack));
  test('S7-97 · a large rework goes up by sheet at once', () => rework.largeReworkGoesUp(pack));
  test('S7-98 · both managers review within three days', () => rework.reviewedInThreeDays(pack));
  test('S7-99 · no rework before the general manager and the developer', () => rework.noReworkWithoutAnswer(pack));
  test('S7-100 · done when the owner accepts, or when it meets the rules', () => rework.doneByOneOfTwo(pack));
});

describe('What only this procedure says (三, 四)', () => {
  test('S7-04 · the general department is a duty holder without an act of its own', () => {
    expect(pack.roles.generalDepartment).toMatchObject({ post: ['generalDepartment'] });
    const acts = Object.values(pack.procedures).flatMap((procedure) => [
      procedure.intake,
      ...Object.values(procedure.steps),
    ]);
    expect(acts.filter((act) => act.by.includes('generalDepartment'))).toEqual([]);
    expect(reported(pack).can(who('office'), 'supervise').allowed).toBe(false);
  });

  test('every part stands under a clause and rules of this procedure, none under those of the one it extends', () => {
    const stray = JSON.stringify(pack).match(/"S6-\d+"/g);
    expect(stray).toBeNull();
    for (const procedure of Object.values(pack.procedures))
      for (const part of [...Object.values(procedure.steps), ...Object.values(procedure.clocks)])
        expect(part.clause).toMatch(/^(四|五\.1)/);
  });
});

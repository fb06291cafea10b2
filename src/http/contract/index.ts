import { accountEndpoints } from './account.ts';
import { archiveEndpoints } from './archive.ts';
import { attachmentEndpoints } from './attachment.ts';
import { callEndpoints } from './call.ts';
import { caseEndpoints } from './case.ts';
import { connectionEndpoints } from './connection.ts';
import { deadLetterEndpoints } from './dead-letter.ts';
import { directoryEndpoints } from './directory.ts';
import { documentEndpoints } from './document.ts';
import { inboxEndpoints } from './inbox.ts';
import { keyEndpoints } from './key.ts';
import { listEndpoints } from './list.ts';
import { lookEndpoints } from './look.ts';
import { moveEndpoints } from './move.ts';
import { noticeEndpoints } from './notice.ts';
import { noticeHistoryEndpoints } from './notice-history.ts';
import { packEndpoints } from './pack.ts';
import { packScopeEndpoints } from './pack-scope.ts';
import { particularsEndpoints } from './particulars.ts';
import { peopleEndpoints } from './people.ts';
import { powerEndpoints } from './power.ts';
import { premisesEndpoints } from './premises.ts';
import { proposalEndpoints } from './proposal.ts';
import { reportEndpoints } from './report.ts';
import { sandboxEndpoints } from './sandbox.ts';
import { sessionEndpoints } from './session.ts';
import { shiftListEndpoints } from './shift-list.ts';
import { staffingEndpoints } from './staffing.ts';
import { togetherEndpoints } from './together.ts';
import { webhookEndpoints } from './webhook.ts';
import { worklistEndpoints } from './worklist.ts';

/** The whole API by resource: what the server mounts, what the staff application calls, what the OpenAPI file says. */
export const contract = {
  cases: caseEndpoints,
  documents: documentEndpoints,
  worklist: worklistEndpoints,
  packs: packEndpoints,
  proposals: proposalEndpoints,
  moves: moveEndpoints,
  together: togetherEndpoints,
  packScope: packScopeEndpoints,
  attachments: attachmentEndpoints,
  notices: noticeEndpoints,
  noticeHistory: noticeHistoryEndpoints,
  connections: connectionEndpoints,
  deadLetters: deadLetterEndpoints,
  directory: directoryEndpoints,
  people: peopleEndpoints,
  powers: powerEndpoints,
  looks: lookEndpoints,
  premises: premisesEndpoints,
  particulars: particularsEndpoints,
  lists: listEndpoints,
  staffing: staffingEndpoints,
  shiftLists: shiftListEndpoints,
  session: sessionEndpoints,
  account: accountEndpoints,
  keys: keyEndpoints,
  sandbox: sandboxEndpoints,
  reports: reportEndpoints,
  archive: archiveEndpoints,
  webhooks: webhookEndpoints,
  inbox: inboxEndpoints,
  calls: callEndpoints,
};

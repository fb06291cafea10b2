// The one door through which this application knows the server's types.
export type { AccountView, InvitationView } from '@room/http/contract/account.ts';
export type { AttachmentView } from '@room/http/contract/attachment.ts';
export type { CallerCard, CallView } from '@room/http/contract/call.ts';
export type {
  AllowedCommandView,
  CandidateView,
  CaseView,
  ClockView,
  CommandBody,
  JournalEntryView,
  RegisterBody,
} from '@room/http/contract/case.ts';
export type { WireProblem, WireValue, WireValues } from '@room/http/contract/common.ts';
export type { DeadLetterView } from '@room/http/contract/dead-letter.ts';
export type { CallerView, PersonView, PremisesView } from '@room/http/contract/directory.ts';
export type { DocumentPreview } from '@room/http/contract/document.ts';
export type { IncidentBody, IncidentView, SamePersonView, SimilarView } from '@room/http/contract/inbox.ts';
export type { KeyBody, KeyView, RulesView } from '@room/http/contract/key.ts';
export type { ImportRowView, ImportView, ListKindView } from '@room/http/contract/list.ts';
export type { LooksView } from '@room/http/contract/look.ts';
export type { MoveBody, MoveList, MovePreview, OrderRow, OrderRows } from '@room/http/contract/move.ts';
export type { CaseChanged, NoticeView } from '@room/http/contract/notice.ts';
export type {
  NoticeChoiceBody,
  NoticeHistoryView,
  NoticeRulesBody,
  NoticeSettingsView,
} from '@room/http/contract/notice-history.ts';
export type { PackSummary } from '@room/http/contract/pack.ts';
export type { PackScope } from '@room/http/contract/pack-scope.ts';
export type { OutsideView, ParticularsView, WarrantyTermView } from '@room/http/contract/particulars.ts';
export type {
  FirstAccessView as FirstAccess,
  HandOverBody,
  HandOverView as HandOver,
  HireBody,
  InviteView as Invite,
  PostsBody,
  PostView as Post,
  StaffView as Staff,
} from '@room/http/contract/people.ts';
export type { ExplanationView, PowerView } from '@room/http/contract/power.ts';
export type { CompanyView, PlacesBody, PlacesImportBody, PlacesVerdict } from '@room/http/contract/premises.ts';
export type {
  PackHistory,
  ProposalDecision,
  ProposalDetail,
  ProposalView,
} from '@room/http/contract/proposal.ts';
export type { ClockMove, ClockState } from '@room/http/contract/sandbox.ts';
export type { SessionView, SetupBody, SignInBody } from '@room/http/contract/session.ts';
export type {
  ShiftChangeView as ShiftChange,
  ShiftListBody,
  ShiftListView as ShiftList,
} from '@room/http/contract/shift-list.ts';
export type { StaffingBody, StaffingView } from '@room/http/contract/staffing.ts';
export type { AccountEventView, StepView } from '@room/http/contract/step.ts';
export type { Awaiting, TogetherBody } from '@room/http/contract/together.ts';
export type { DeliveryView, WebhookBody, WebhookView } from '@room/http/contract/webhook.ts';
export type { WorklistItem, WorklistPage } from '@room/http/contract/worklist.ts';
export type { FieldSpec, FieldTypeName } from '@room/policy/fields/registry.ts';
export type { ClockSpec } from '@room/policy/language/clock.ts';
export type { PackSpec } from '@room/policy/language/pack.ts';
export type { IntakeSpec, ProcedureSpec } from '@room/policy/language/procedure.ts';
export type { Term } from '@room/policy/language/taxonomy.ts';

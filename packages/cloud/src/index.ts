export { type Backoff, defaultBackoff, retryWhile } from './backoff.ts';
export { type Bundle, bundleFunction } from './bundle/bundle.ts';
export {
  type Architecture,
  hostArchitecture,
  hostPlatform,
  lambdaPlatform,
  type PlatformName,
} from './bundle/platform.ts';
export {
  type LocalCloudModule,
  type OpenedTarget,
  type OpenTargetOptions,
  openTarget,
} from './cli/open-target.ts';
export { type CloudClients, createClients } from './clients.ts';
export { clockOffsetFromS3, clockOffsetOf } from './clock-offset.ts';
export {
  type CredentialSource,
  findCredentialSource,
  type ProfileMeans,
} from './config/credential-source.ts';
export { type DescribedSetting, describeConfig } from './config/describe.ts';
export {
  areOverridesIgnored,
  type EndpointOverride,
  environmentOverrides,
  profileOverrides,
} from './config/endpoint-overrides.ts';
export { loadSettings, PROJECT_FILE_NAME } from './config/layers.ts';
export { explainMissingCredentials } from './config/missing-credentials.ts';
export { type LayeredSettings, lookUp, type SettingName, type Settings } from './config/settings.ts';
export { type ProfileSection, readSharedProfiles } from './config/shared-profiles.ts';
export {
  type AwsTarget,
  type EndpointTarget,
  type LocalChoice,
  type LocalTarget,
  type ResolvedTarget,
  resolveTarget,
  type StaticCredentials,
  startedLocalTarget,
  type Target,
  type TargetChoice,
} from './config/target.ts';
export { withoutUserInfo } from './config/without-user-info.ts';
export type {
  CorsDeclaration,
  HttpApiDeclaration,
  RestApiDeclaration,
  RouteDeclaration,
  RouteKey,
} from './declaration/api.ts';
export { type AppDeclaration, declareApp, type RoleChoice } from './declaration/app.ts';
export { declarationBasics } from './declaration/basics.ts';
export type { BucketDeclaration, NotificationDeclaration, ObjectOwnership } from './declaration/bucket.ts';
export type { FunctionDeclaration, Use } from './declaration/function.ts';
export type { Reference } from './declaration/reference.ts';
export type { StateMachineDeclaration } from './declaration/state-machine.ts';
export type { KeyAttribute, TableDeclaration, TableKey } from './declaration/table.ts';
export { type CloudCallOptions, type DeployResult, type DeployStep, deploy, planDeploy } from './deploy.ts';
export { type DestroyResult, type DestroyStep, destroy, planDestroy } from './destroy.ts';
export { CloudError, CloudUsageError, NotOursError } from './errors.ts';
export { explainError } from './explain-error.ts';
export { type Caller, identify } from './identify.ts';
export { type InspectedBucket, inspectBuckets } from './inspect-buckets.ts';
export type { InvokableRoute } from './invoke-urls.ts';
export { functionLog, type LogLine, type LogSearch } from './logs/function-log.ts';
export { invocationLog, invocations, type LoggedInvocation } from './logs/invocations.ts';
export { logBytesByRequest } from './logs/log-bytes.ts';
export { reportLines, waitForReports } from './logs/report-lines.ts';
export { lastLines, linesAbout } from './logs/telling-lines.ts';
export { type AppNames, type Identity, namesOf } from './names.ts';
export { pollIntervalMs, pollUntil } from './poll.ts';
export { Retirer } from './retire.ts';
export { isSdkError } from './sdk-errors.ts';

export { AwsError } from './errors.ts';
export { type Clock, systemClock } from './clock.ts';

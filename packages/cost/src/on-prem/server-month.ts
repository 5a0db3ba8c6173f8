import type { OnPremParameters } from './parameters.ts';

/** 8,760 hours a year over twelve months. */
const hoursPerMonth = 730;
const secondsPerMonth = hoursPerMonth * 3600;

/** What one server costs in a month, whether or not it is busy. */
export interface ServerMonth {
  readonly hardwareUsd: number;
  readonly energyUsd: number;
  readonly operationsUsd: number;
  readonly totalUsd: number;
}

export function serverMonth(parameters: OnPremParameters): ServerMonth {
  const hardwareUsd = parameters.serverUsd / (12 * parameters.amortisationYears);
  const energyUsd =
    (parameters.powerWatts / 1000) * hoursPerMonth * parameters.pue * parameters.energyUsdPerKwh;
  const operationsUsd = parameters.administratorUsdPerYear / 12 / parameters.serversPerAdministrator;
  return { hardwareUsd, energyUsd, operationsUsd, totalUsd: hardwareUsd + energyUsd + operationsUsd };
}

/** Images that one server does in a month, each occupying it (all of its cores) for so many seconds. */
export function imagesPerServerMonth(
  serverSecondsPerImage: number,
  { utilisation }: OnPremParameters,
): number {
  return (secondsPerMonth * utilisation) / serverSecondsPerImage;
}

/** Whole servers. */
export function serversFor(
  imagesPerMonth: number,
  imagesPerServer: number,
  { minimumServers }: OnPremParameters,
): number {
  // A server that is full to the last bit must not call for another because of a division's last digit.
  const needed = Math.ceil((imagesPerMonth / imagesPerServer) * (1 - 1e-12));
  return Math.max(minimumServers, needed);
}

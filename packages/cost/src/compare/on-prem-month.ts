import type { OnPremParameters } from '../on-prem/parameters.ts';
import { imagesPerServerMonth, serverMonth, serversFor } from '../on-prem/server-month.ts';

/** What so many images a month cost on the ground: a stair, one step for each server. */
export interface OnPremMonth {
  readonly usdAt: (imagesPerMonth: number) => number;
  readonly serversAt: (imagesPerMonth: number) => number;
  readonly usdPerServer: number;
  /** A step's width. */
  readonly imagesPerServer: number;
  /** Servers that are there for the first image. */
  readonly minimumServers: number;
}

export function onPremMonth(serverSecondsPerImage: number, parameters: OnPremParameters): OnPremMonth {
  const imagesPerServer = imagesPerServerMonth(serverSecondsPerImage, parameters);
  const usdPerServer = serverMonth(parameters).totalUsd;
  const serversAt = (imagesPerMonth: number) => serversFor(imagesPerMonth, imagesPerServer, parameters);
  return {
    usdAt: (imagesPerMonth) => usdPerServer * serversAt(imagesPerMonth),
    serversAt,
    usdPerServer,
    imagesPerServer,
    minimumServers: parameters.minimumServers,
  };
}

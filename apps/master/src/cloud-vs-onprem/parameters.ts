import { availableParallelism } from 'node:os';
import { DEFAULT_PROCESSING, processingSchema } from '@skyground/image-processor';
import { z } from 'zod';

const { fit, quality, chromaSubsampling, mozjpeg } = processingSchema.shape;

/** The folder that is shipped; any other path is relative to where the person stands. */
export const shippedImages = 'images_to_upload';

/** As many images as make a statement about an arm, and as many as one sweep can take in an hour. */
const imagesOfPoint = z.int().min(10).max(1000);
const widthOfPoint = z.int().min(1).max(256);

export const parametersSchema = z.strictObject({
  images: z
    .string()
    .min(1)
    .default(shippedImages)
    .describe('folder of input images; every one is processed on both sides'),
  repetitions: z
    .int()
    .min(3)
    .max(1000)
    .default(6)
    .describe('rounds: how often each image is processed on each side, the sides taking turns'),
  workers: z
    .int()
    .min(1)
    .max(256)
    .default(availableParallelism())
    .describe('on-prem worker processes; one per core where nothing is said'),
  concurrency: z
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .describe(
      'Lambda environments at once; none: as many as workers, and on a real account no concurrency is reserved',
    ),
  // 1769 MB is where AWS gives a function one whole vCPU, the counterpart of one on-prem worker per core.
  memoryMb: z
    .int()
    .min(128)
    .max(10_240)
    .default(1769)
    .describe('memory of the Lambda function in MB; 1769 is one whole vCPU on AWS'),
  fit: fit.default(DEFAULT_PROCESSING.fit).describe('how an image is fitted into 800 x 600'),
  quality: quality.default(DEFAULT_PROCESSING.quality).describe('JPEG quality'),
  chroma: chromaSubsampling.default(DEFAULT_PROCESSING.chromaSubsampling).describe('chroma subsampling'),
  mozjpeg: mozjpeg.default(DEFAULT_PROCESSING.mozjpeg).describe('encode with mozjpeg'),
  waitS: z
    .int()
    .min(1)
    .max(86_400)
    .default(300)
    .describe('give an image up when nothing has come back from the cloud for so many seconds'),
  sweep: z
    .boolean()
    .default(false)
    .describe('measure scalability too: throughput over the width and over the number of images'),
  sweepImages: z
    .array(imagesOfPoint)
    .min(1)
    .default([10, 30, 100])
    .describe('numbers of images of the sweep, 10 to 1000; the whole range: 10,30,100,300,1000'),
  sweepWidths: z
    .array(widthOfPoint)
    .min(1)
    .default([1, 2, 4, 8, 16])
    .describe('widths of the sweep: so many on-prem workers, and so many Lambda environments'),
  onPremCost: z
    .array(z.string())
    .default([])
    .describe(
      'costs of servers of your own in place of the defaults, as name=value: serverUsd, coresPerServer, amortisationYears, powerWatts, pue, energyUsdPerKwh, utilisation, serversPerAdministrator, administratorUsdPerYear, minimumServers',
    ),
});

export type Parameters = Readonly<z.output<typeof parametersSchema>>;

/** How images are encoded, on both sides. */
export function processingOf({ fit, quality, chroma, mozjpeg }: Parameters) {
  return { fit, quality, chromaSubsampling: chroma, mozjpeg };
}

/** Environments that are meant to run at once outside of the sweep. */
export function concurrencyOf({ concurrency, workers }: Parameters): number {
  return concurrency ?? workers;
}

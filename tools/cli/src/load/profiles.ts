/** For so long, so many visits start each second, whether earlier ones have ended or not. */
export interface Stage {
  rate: number
  seconds: number
}

export const profileNames = ['smoke', 'ramp', 'spike', 'soak'] as const
export type ProfileName = (typeof profileNames)[number]

export interface Profile {
  summary: string
  /** `ramp` ends at the first stage that is past the knee; the others play all of theirs. */
  untilKnee: boolean
  stages: (rate: number, seconds: number) => Stage[]
  /** Of a stage, unless the caller says otherwise. */
  seconds: number
}

const steps = [1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]

/** @see https://grafana.com/load-testing/types-of-load-testing/ for the names */
export const profiles: Record<ProfileName, Profile> = {
  smoke: {
    summary: 'one stage at the given rate: does it work at all?',
    untilKnee: false,
    stages: (rate, seconds) => [{ rate, seconds }],
    seconds: 5,
  },
  ramp: {
    summary: 'more and more, until it gets slow or fails: how much can it carry?',
    untilKnee: true,
    stages: (rate, seconds) => steps.map((step) => ({ rate: rate * step, seconds })),
    seconds: 10,
  },
  spike: {
    summary: 'suddenly ten times as much, then as before: does it recover?',
    untilKnee: false,
    stages: (rate, seconds) => [1, 1, 10, 1, 1].map((step) => ({ rate: rate * step, seconds })),
    seconds: 10,
  },
  soak: {
    summary: 'the same for long: does it stay as fast?',
    untilKnee: false,
    stages: (rate, seconds) => Array.from({ length: 30 }, () => ({ rate, seconds })),
    seconds: 60,
  },
}

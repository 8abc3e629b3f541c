/** The keys that a cache holds, whole numbers from 0, and which of them goes next. */
export abstract class Contents {
  abstract reset(): void;

  abstract has(key: i32): boolean;

  /** A key that is held is asked for. */
  abstract touch(key: i32): void;

  /** Takes a key in that is not held; whether another one has to go for it. */
  abstract insert(key: i32): boolean;

  /** Lets a key go that is held. */
  abstract remove(key: i32): void;
}

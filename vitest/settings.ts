import { type Env, env } from "lib/base/env";

/** Changes settings of this test process, which are otherwise read once. */
export const changeSettings = (values: Partial<Env>) => Object.assign(env(), values);

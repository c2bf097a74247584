import { deployTask } from "./definitions/deploy.ts";
import { dexTasks } from "./definitions/dex.ts";
import { opcodesTask } from "./definitions/opcodes.ts";
import { tokenTasks } from "./definitions/tokens.ts";

/** What a person does from a terminal. */
export const tasks = [deployTask, opcodesTask, ...dexTasks, ...tokenTasks];

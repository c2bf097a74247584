import { deployTask } from "./definitions/deploy.ts";
import { dexTasks } from "./definitions/dex.ts";
import { lendTasks } from "./definitions/lend.ts";
import { opcodesTask } from "./definitions/opcodes.ts";
import { oracleTasks } from "./definitions/oracle.ts";
import { tokenTasks } from "./definitions/tokens.ts";

/** What a person does from a terminal. */
export const tasks = [deployTask, opcodesTask, ...dexTasks, ...lendTasks, ...oracleTasks, ...tokenTasks];

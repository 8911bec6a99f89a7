"use server";
import { dismissRemark } from "lib/directories/dismiss-remark";
import { dismissRemarkInput } from "lib/directories/schema";
import { replayExchangeInput } from "lib/exchanges/schema";
import { orgAction } from "lib/gates/org-action";
import { replayExchange } from "lib/provisioning/replay-exchange";

export const replayExchangeAction = orgAction("directory:replay", replayExchangeInput, replayExchange);
export const dismissRemarkAction = orgAction("directory:dismiss", dismissRemarkInput, dismissRemark);

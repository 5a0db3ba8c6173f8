/** Set at deploy, read by the trigger: the ARN of the lab's state machine. */
export const STATE_MACHINE_VARIABLE = 'STATE_MACHINE_ARN';

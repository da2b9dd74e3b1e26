import type { Command } from 'commander';
import { addCompletionCommand } from './completion-command';
import { addDoctorCommand } from './doctor-command';
import { addImagesCommand } from './images-command';
import { addPromoteCommand } from './promote-command';
import { addRollbackCommand } from './rollback-command';
import { addStatusCommand } from './status-command';
import { addUpdateCommand } from './update-command';

/** Adds the commands about what runs where. */
export function addDeliveryCommands(program: Command): void {
  addPromoteCommand(program);
  addRollbackCommand(program);
  addStatusCommand(program);
  addImagesCommand(program);
  addUpdateCommand(program);
  addDoctorCommand(program);
  addCompletionCommand(program);
}

/** What a desk's program asked of its storage, told to the model of that desk. */
import type { DeskIdentity, NewOperation, Outbox, OutcomeOf } from '../../db/outbox/outbox.ts'
import type { Page } from '../../db/replica/rebase.ts'
import type { CityModel } from './reference/city-model.ts'
import type { DeskModel } from './reference/desk-model.ts'

export interface StorageCall {
  readonly store: string
  readonly name: string
  readonly given: readonly unknown[]
}

/** Answers what it broke. */
export function noteCall(
  model: DeskModel,
  { store, name, given }: StorageCall,
  outbox: Outbox | null,
  histories: readonly CityModel[],
): string[] {
  switch (`${store}.${name}`) {
    case 'outbox.append':
      model.did(given[0] as NewOperation)
      return []
    case 'outbox.saveIdentity':
      model.newEpoch((given[0] as DeskIdentity).epoch)
      return []
    case 'outbox.saveOutcomes': {
      const epoch = (given[2] as number | undefined) ?? model.epoch
      return epoch === model.epoch ? model.answered(given[0] as OutcomeOf[]) : []
    }
    case 'outbox.turn':
    case 'outbox.voidAnswers':
    case 'outbox.addRecovered':
      // The log went another way than day by day: the model takes it as it stands.
      if (outbox !== null) model.readLog(outbox)
      return []
    case 'replica.swap':
      model.forgetRows()
      return []
    case 'catalogue.renew':
      model.forgetTitles()
      return []
    case 'replica.applyPage':
      return model.took(given[0] as Page, histories)
    case 'catalogue.apply': {
      const { cursor } = given[1] as { cursor: number | null }
      if (cursor !== null) model.tookTitles(cursor)
      return []
    }
    default:
      return []
  }
}

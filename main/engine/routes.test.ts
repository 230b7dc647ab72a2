/** Every way into the engine: permission, shapes and audit class, and who may use it. */
import { describe, expect, it } from 'vitest'
import { serialRoutes } from '../../test/builders/serial-work.ts'
import { z } from 'zod'
import { queries, queryNames } from '../../contract/queries.ts'
import { operationKinds, operations } from '../../domain/operations/index.ts'
import { Permission, Role, mayDo } from '../../domain/policy/roles.ts'
import {
  copyingRules,
  deviceRoutes,
  files,
  ofEditor,
  ofTheWholeCatalogue,
  roomRoutes,
} from '../../test/builders/room-routes.ts'

/** Open before anyone signed in, each for a reason. */
const openRoutes = {
  session: 'says whether anyone is signed in',
  'sign-in': 'is how one signs in',
  'sign-out': 'ends a session that may have ended already',
  'sync-status': 'the status bar shows the network on the sign-in screen too',
  'hold-scans': 'a dialog may outlive the session',
  'enter-scan': 'a badge is scanned before sign-in; screens without a session get no scan news',
  'pull-plug': 'the sample city only, where the engine refuses it elsewhere',
} as const

/** At a counter; the head of the branch does all of it too. */
const ofCounter = [
  'device-status',
  'storage-status',
  'policy',
  'branches',
  'slips',
  'reader-card',
  'reader-ledger',
  'reader-fees',
  'tills',
  'find-readers',
  'find-duplicates',
  'readers-by-id',
  'reader-history',
  'reveal-reader',
  'item-card',
  'search-titles',
  'browse-titles',
  'title-card',
  'shelf-list',
  'shelves',
  'shelf-place',
  'today',
  'exceptions',
  'exception',
  'receipt',
  ...deviceRoutes,
  'loan.check-out',
  'loan.check-in',
  'loan.renew',
  'hold.place',
  'hold.cancel',
  'hold.suspend',
  'hold.prioritise',
  'hold.trap',
  'hold.expire-from-shelf',
  'hold.load-kiosk',
  'hold.not-found',
  'reader-holds',
  'hold-shelf',
  'pull-list',
  'item.mark-damaged',
  'transfers',
  'loan.take-over',
  'loan.claim-returned',
  'item.mark-lost',
  'item.mark-missing',
  'item.found',
  'item.receive',
  'item.keep',
  'item.send',
  'item.mark-missing-parts',
  'item.complete-parts',
  'item.describe',
  'item.clear-damage',
  'item.fast-add',
  'reader.register',
  'reader.replace-card',
  'reader.add-card',
  'reader.report-card-lost',
  'reader.report-card-found',
  'reader.suspend',
  'reader.edit',
  'reader.set-category',
  'reader.extend',
  'reader.message',
  'reader.dismiss-message',
  'reader.keep-history',
  'reader.close',
  'reader.welcome',
  'operation.undo',
  'offline-upload',
  'money-receipt',
  'offline-record',
  'offline-stop',
  'offline-files',
  'points.earn',
  'points.redeem',
  'payment.take',
  'fee.charge',
  'fee.waive',
  'till.open',
  'till.close',
  'certificate.issue',
  'ledger.reverse',
  'lease.request',
  'lease.return',
  'exception.assign',
  'exception.comment',
]

/** The matrix of duties: a changed cell is a decision, not an accident. */
const routesByRole: Record<Role, readonly string[]> = {
  circulation: ofCounter,
  cataloguer: [
    'device-status',
    'storage-status',
    'policy',
    'branches',
    'slips',
    'item-card',
    'search-titles',
    'browse-titles',
    'title-card',
    'shelf-list',
    'shelves',
    'shelf-place',
    'today',
    'receipt',
    ...deviceRoutes,
    ...files,
    'title.import',
    'item.add',
    'item.edit',
    'item.replace-barcode',
    'item.withdraw',
    'number.give',
    'number.request-block',
    'number.return-block',
    'label.print',
    'label.set-sheet',
    'numbering',
    'number-schemes',
    'due-labels',
    'operation.undo',
    'drafts',
    'draft',
    ...ofEditor,
    'draft.save',
    'draft.submit',
    'draft.discard',
    ...serialRoutes,
    ...roomRoutes,
  ],
  'branch-head': [
    ...ofCounter,
    'leases',
    ...files,
    'reader.lift-suspension',
    'reader.merge',
    'payment.refund',
    'payment.return',
    'exception.settle',
    'exception.bind',
    'title.import',
    'item.add',
    'item.edit',
    'item.replace-barcode',
    'item.withdraw',
    'number.give',
    'number.request-block',
    'number.return-block',
    'label.print',
    'label.set-sheet',
    'numbering',
    'number-schemes',
    'due-labels',
    'slip.edit',
    'policy.set-line',
    'policy.remove-line',
    'calendar.close-days',
    'calendar.reopen-days',
    'calendar.set-hours',
    'library.set-bins',
    'closure-effect',
    'line-effect',
    'drafts',
    'draft',
    ...ofEditor,
    'draft.save',
    'draft.submit',
    'draft.discard',
    ...serialRoutes,
    'draft.return',
    ...ofTheWholeCatalogue,
    'draft.publish',
    ...roomRoutes,
    ...copyingRules,
    'scheme.set',
  ],
  reviewer: [
    'device-status',
    'storage-status',
    'policy',
    'branches',
    'slips',
    'item-card',
    'search-titles',
    'browse-titles',
    'title-card',
    'shelf-list',
    'shelves',
    'shelf-place',
    'today',
    'receipt',
    ...deviceRoutes,
    ...files,
    'title.import',
    'item.add',
    'item.edit',
    'item.replace-barcode',
    'item.withdraw',
    'number.give',
    'number.request-block',
    'number.return-block',
    'label.print',
    'label.set-sheet',
    'numbering',
    'number-schemes',
    'due-labels',
    'operation.undo',
    'drafts',
    'draft',
    ...ofEditor,
    'draft.save',
    'draft.submit',
    'draft.discard',
    ...serialRoutes,
    'draft.return',
    ...ofTheWholeCatalogue,
    'draft.publish',
    ...roomRoutes,
    ...copyingRules,
    'scheme.set',
  ],
}

describe('every query', () => {
  it.each(queryNames)('%s has permission, schemas and audit class', (name) => {
    const route = queries[name]
    expect(route.ask).toBeInstanceOf(z.ZodType)
    expect(route.answer).toBeInstanceOf(z.ZodType)
    expect(['none', 'asked', 'reader-seen', 'session', 'desk']).toContain(route.audit)
    expect(['none', 'desk']).toContain(route.effect)
    const isOpen = Object.hasOwn(openRoutes, name)
    expect(isOpen ? [null] : Permission.options).toContain(route.permission)
  })

  it.each(queryNames)('%s refuses fields it does not know', (name) => {
    const poison = JSON.parse('{"__proto__": {"isAdmin": true}, "extra": 1}') as unknown
    expect(queries[name].ask.safeParse(poison).success).toBe(false)
  })
})

describe('every operation', () => {
  it.each(operationKinds)('%s has permission, payload schema, evidence and audit class', (kind) => {
    const operation = operations[kind]
    expect(Permission.options).toContain(operation.permission)
    expect(operation.payload).toBeInstanceOf(z.ZodType)
    expect(operation.summary).toBeInstanceOf(z.ZodType)
    expect(['physical', 'intent']).toContain(operation.evidence)
    expect(['circulation', 'reader', 'catalogue', 'exception', 'undo', 'policy']).toContain(
      operation.audit,
    )
    expect(kind).toMatch(/^[a-z]+\.[a-z]+(-[a-z]+)*$/)
  })
})

describe('who may do what', () => {
  it.each(Role.options)('%s', (role) => {
    const allowed = [
      ...queryNames.filter((name) => {
        const { permission } = queries[name]
        return permission !== null && mayDo(role, permission)
      }),
      ...operationKinds.filter((kind) => mayDo(role, operations[kind].permission)),
    ]
    expect(allowed.toSorted()).toEqual([...routesByRole[role]].toSorted())
  })
})

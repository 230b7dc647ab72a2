/** What the engine last said about the line and the scan queue, and the notice in sight. */
import { createAction, createSlice } from '@reduxjs/toolkit'
import type { PayloadAction } from '@reduxjs/toolkit'
import type { TopicNews } from '../../contract/topics.ts'
import type { LineState } from './browser-transport.ts'

/** Nobody works here now: slices drop what belongs to readers. */
export const signedOut = createAction('signedOut')

export type NoticeKey = 'scan-unknown' | 'scan-not-here' | 'scans-dropped' | 'id-card-unread'
export interface Notice {
  readonly key: NoticeKey
  readonly text: string
  readonly number: number
}

export interface HolderRead {
  readonly idNumberHash: string
  readonly name: string | null
  readonly bornOn: string
}

export interface DeskState {
  readonly line: LineState
  readonly scanQueue: TopicNews<'scan-queue'>
  readonly notice: Notice | null
  readonly isScannerPanelOpen: boolean
  /**
   * Whose identity card was read last, for the registration that it may lead to. Here and not with the
   * way to that screen: a browser writes down where one has been.
   */
  readonly holder: HolderRead | null
  /** Codes from the pad that no screen had a use for: a stack that waits for its reader's card. */
  readonly unclaimed: readonly string[]
}

const initialState: DeskState = {
  line: 'connecting',
  scanQueue: { isHeld: false, waiting: [], dropped: 0 },
  notice: null,
  isScannerPanelOpen: false,
  holder: null,
  unclaimed: [],
}

export const deskStateSlice = createSlice({
  name: 'deskState',
  initialState,
  reducers: {
    lineChanged: (state, { payload }: PayloadAction<LineState>) => ({ ...state, line: payload }),
    scanQueueChanged: (state, { payload }: PayloadAction<TopicNews<'scan-queue'>>) => ({
      ...state,
      scanQueue: payload,
    }),
    noticeShown: (state, { payload }: PayloadAction<{ key: NoticeKey; text: string }>) => ({
      ...state,
      notice: { ...payload, number: (state.notice?.number ?? 0) + 1 },
    }),
    padUnclaimed: (state, { payload }: PayloadAction<string>) => ({
      ...state,
      unclaimed: [...state.unclaimed.filter((code) => code !== payload), payload].slice(-256),
    }),
    padClaimed: (state) => ({ ...state, unclaimed: [] }),
    idCardHeard: (state, { payload }: PayloadAction<HolderRead | null>) => ({
      ...state,
      holder: payload,
    }),
    noticeGone: (state) => ({ ...state, notice: null }),
    scannerPanelToggled: (state) => ({ ...state, isScannerPanelOpen: !state.isScannerPanelOpen }),
  },
  extraReducers: (build) => {
    build.addCase(signedOut, (state) => ({ ...state, holder: null }))
  },
})
export const {
  lineChanged,
  scanQueueChanged,
  noticeShown,
  noticeGone,
  idCardHeard,
  scannerPanelToggled,
  padUnclaimed,
  padClaimed,
} = deskStateSlice.actions

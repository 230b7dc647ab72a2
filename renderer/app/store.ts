import { combineSlices, configureStore } from '@reduxjs/toolkit'
import type { ThunkAction, UnknownAction } from '@reduxjs/toolkit'
import { useDispatch, useSelector } from 'react-redux'
import { deskApi } from './desk-api.ts'
import type { Reach } from './desk-api.ts'
import { settingsSlice } from './settings.ts'
import type { Settings } from './settings.ts'
import { deskStateSlice } from './desk-state.ts'

/** A feature adds its own slice: `slice.injectInto(rootReducer)`. */
export const rootReducer = combineSlices(deskApi, settingsSlice, deskStateSlice)

export type RootState = ReturnType<typeof rootReducer>

export function makeStore(reach: Reach, settings: Settings) {
  return configureStore({
    reducer: rootReducer,
    preloadedState: { settings },
    middleware: (defaults) =>
      defaults({
        thunk: { extraArgument: reach },
        // A reader with a thousand loans is walked through twice by each of these.
        immutableCheck: false,
        serializableCheck: false,
      }).concat(deskApi.middleware),
  })
}

export type Store = ReturnType<typeof makeStore>
export type Dispatch = Store['dispatch']
export type Thunk<R = void> = ThunkAction<R, RootState, Reach, UnknownAction>

export const useDeskDispatch = useDispatch.withTypes<Dispatch>()
export const useDeskSelector = useSelector.withTypes<RootState>()

import { Navigate, createHashRouter } from 'react-router'
import { AddItemsScreen } from '../features/add-items/add-items-screen.tsx'
import { CopyScreen } from '../features/copying/copy-screen.tsx'
import { DevicesScreen } from '../features/devices/devices-screen.tsx'
import { AuthoritiesScreen } from '../features/authorities/authorities-screen.tsx'
import { BatchFixesScreen } from '../features/batch-fixes/batch-fixes-screen.tsx'
import { QualityScreen } from '../features/quality/quality-screen.tsx'
import { ExportScreen } from '../features/export/export-screen.tsx'
import { DuplicatesScreen } from '../features/duplicates/duplicates-screen.tsx'
import { DraftsScreen } from '../features/drafts/drafts-screen.tsx'
import { ExceptionsScreen } from '../features/exceptions/exceptions-screen.tsx'
import { HoldsScreen } from '../features/holds/holds-screen.tsx'
import { ImportScreen } from '../features/import/import-screen.tsx'
import { ItemScreen } from '../features/item/item-screen.tsx'
import { EncodeScreen } from '../features/encode/encode-screen.tsx'
import { LabelsScreen } from '../features/labels/labels-screen.tsx'
import { LeasesScreen } from '../features/leases/leases-screen.tsx'
import { LendScreen } from '../features/lend/lend-screen.tsx'
import { OfflineScreen } from '../features/offline/offline-screen.tsx'
import { ReaderScreen } from '../features/reader/reader-screen.tsx'
import { RegisterScreen } from '../features/register/register-screen.tsx'
import { ReturnScreen } from '../features/return/return-screen.tsx'
import { RulesScreen } from '../features/rules/rules-screen.tsx'
import { SearchScreen } from '../features/search/search-screen.tsx'
import { SerialsScreen } from '../features/serials/serials-screen.tsx'
import { SchemesScreen } from '../features/schemes/schemes-screen.tsx'
import { ShelfListScreen } from '../features/shelf-list/shelf-list-screen.tsx'
import { SlipsScreen } from '../features/slips/slips-screen.tsx'
import { TillScreen } from '../features/till/till-screen.tsx'
import { TodayScreen } from '../features/today/today-screen.tsx'
import { TransfersScreen } from '../features/transfers/transfers-screen.tsx'
import { Layout } from './layout.tsx'
import { screensFor } from './screens.ts'
import { useSignedIn } from './session.tsx'

/** The first screen of the rail that this person may open. */
function FirstScreen() {
  const { staff } = useSignedIn()
  const [first] = screensFor(staff.permissions)
  return <Navigate to={first?.path ?? '/search'} replace />
}

export const routes = createHashRouter([
  {
    element: <Layout />,
    children: [
      { path: '/lend', element: <LendScreen /> },
      { path: '/return', element: <ReturnScreen /> },
      { path: '/reader', element: <ReaderScreen /> },
      { path: '/register', element: <RegisterScreen /> },
      { path: '/item', element: <ItemScreen /> },
      { path: '/add-items', element: <AddItemsScreen /> },
      { path: '/search', element: <SearchScreen /> },
      { path: '/today', element: <TodayScreen /> },
      { path: '/exceptions', element: <ExceptionsScreen /> },
      { path: '/holds', element: <HoldsScreen /> },
      { path: '/import', element: <ImportScreen /> },
      { path: '/leases', element: <LeasesScreen /> },
      { path: '/transfers', element: <TransfersScreen /> },
      { path: '/schemes', element: <SchemesScreen /> },
      { path: '/authorities', element: <AuthoritiesScreen /> },
      { path: '/labels', element: <LabelsScreen /> },
      { path: '/encode', element: <EncodeScreen /> },
      { path: '/shelf-list', element: <ShelfListScreen /> },
      { path: '/slips', element: <SlipsScreen /> },
      { path: '/till', element: <TillScreen /> },
      { path: '/offline', element: <OfflineScreen /> },
      { path: '/rules', element: <RulesScreen /> },
      { path: '/drafts', element: <DraftsScreen /> },
      { path: '/batch-fixes', element: <BatchFixesScreen /> },
      { path: '/quality', element: <QualityScreen /> },
      { path: '/serials', element: <SerialsScreen /> },
      { path: '/copy', element: <CopyScreen /> },
      { path: '/duplicates', element: <DuplicatesScreen /> },
      { path: '/export', element: <ExportScreen /> },
      { path: '/devices', element: <DevicesScreen /> },
      { path: '*', element: <FirstScreen /> },
    ],
  },
])

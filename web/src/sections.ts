import {
  IconActivity,
  IconApps,
  IconChecklist,
  IconDevices,
  IconFileCertificate,
  IconFileCode,
  IconKey,
  IconLayoutDashboard,
  IconListCheck,
  IconSettings,
  IconShieldQuestion,
  IconStack2,
  IconUsers,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { OperationId } from '../../src/wire/admin/contract.ts'
import { t } from './language/t.ts'
import type { PageParams } from './page-params.ts'

/*
 * All pages of the console in one table: path, label, required scope of the management API, and chunk. A page is loaded
 * when it is opened.
 */
export type Section = {
  /** Relative to /console. */
  path: string
  label: string
  icon: ComponentType<{ size?: number; stroke?: number; 'aria-hidden'?: boolean }>
  group: 'Watch' | 'Access' | 'System'
  /** The operation that the page needs first. Only people with its permission see the section. */
  asks?: OperationId
  pages: readonly Page[]
}
export type Page = { path: string; load: () => Promise<{ default: ComponentType<{ params: PageParams }> }> }

export const SECTIONS: readonly Section[] = [
  {
    path: '/',
    label: t('Overview'),
    icon: IconLayoutDashboard,
    group: 'Watch',
    asks: 'overview',
    pages: [{ path: '/', load: () => import('./overview/overview-page.tsx') }],
  },
  {
    path: '/start',
    label: t('Get started'),
    icon: IconListCheck,
    group: 'Watch',
    pages: [
      { path: '/start', load: () => import('./start/start-page.tsx') },
      { path: '/shortcuts', load: () => import('./shell/shortcuts-page.tsx') },
    ],
  },
  {
    path: '/activity',
    label: t('Activity'),
    icon: IconActivity,
    group: 'Watch',
    asks: 'listJournal',
    pages: [{ path: '/activity', load: () => import('./activity/activity-page.tsx') }],
  },
  {
    path: '/explain',
    label: t('Explain'),
    icon: IconShieldQuestion,
    group: 'Watch',
    asks: 'explain',
    pages: [{ path: '/explain', load: () => import('./explain/explain-page.tsx') }],
  },
  {
    path: '/credentials',
    label: t('Credentials'),
    icon: IconKey,
    group: 'Access',
    asks: 'listCredentials',
    pages: [
      { path: '/credentials', load: () => import('./credentials/credentials-page.tsx') },
      { path: '/credentials/new', load: () => import('./credentials/create-page.tsx') },
      { path: '/credentials/:id', load: () => import('./credentials/credential-page.tsx') },
    ],
  },
  {
    path: '/users',
    label: t('Users'),
    icon: IconUsers,
    group: 'Access',
    asks: 'listUsers',
    pages: [
      { path: '/users', load: () => import('./users/users-page.tsx') },
      { path: '/users/:id', load: () => import('./users/user-page.tsx') },
    ],
  },
  {
    path: '/applications',
    label: t('Applications'),
    icon: IconApps,
    group: 'Access',
    asks: 'listClients',
    pages: [
      { path: '/applications', load: () => import('./applications/applications-page.tsx') },
      { path: '/applications/:id', load: () => import('./applications/application-page.tsx') },
    ],
  },
  {
    path: '/registrations',
    label: t('Registrations'),
    icon: IconChecklist,
    group: 'Access',
    asks: 'listClients',
    pages: [{ path: '/registrations', load: () => import('./registrations/registrations-page.tsx') }],
  },
  {
    path: '/client-documents',
    label: t('Client documents'),
    icon: IconFileCode,
    group: 'Access',
    asks: 'listClientDocuments',
    pages: [{ path: '/client-documents', load: () => import('./applications/client-documents-page.tsx') }],
  },
  {
    path: '/apis',
    label: t('APIs and scopes'),
    icon: IconStack2,
    group: 'Access',
    asks: 'listResourceServers',
    pages: [
      { path: '/apis', load: () => import('./apis/apis-page.tsx') },
      { path: '/apis/:id', load: () => import('./apis/api-page.tsx') },
    ],
  },
  {
    path: '/sessions',
    label: t('Sessions'),
    icon: IconDevices,
    group: 'Access',
    asks: 'listSessions',
    pages: [{ path: '/sessions', load: () => import('./sessions/sessions-page.tsx') }],
  },
  {
    path: '/signing-keys',
    label: t('Signing keys'),
    icon: IconFileCertificate,
    group: 'System',
    asks: 'listSigningKeys',
    pages: [{ path: '/signing-keys', load: () => import('./signing-keys/signing-keys-page.tsx') }],
  },
  {
    path: '/settings',
    label: t('Settings'),
    icon: IconSettings,
    group: 'System',
    asks: 'listSettings',
    pages: [{ path: '/settings', load: () => import('./settings/settings-page.tsx') }],
  },
]

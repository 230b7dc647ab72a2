import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { AskOf, AnswerOf } from '../../../contract/queries.ts'
import { useSignInMutation } from '../../app/desk-api.ts'
import type { AskFailure } from '../../app/desk-api.ts'
import { SettingsForm } from '../../app/settings-menu.tsx'
import type { Session } from '../../app/session.tsx'
import { clockTime, titled } from '../../app/words.ts'

type Outcome = AnswerOf<'sign-in'>

export function SignInScreen({ session }: { readonly session: Session }) {
  const { t, i18n } = useTranslation()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [signIn, { data: answer, error, isLoading }] = useSignInMutation()
  const ids = useId()
  const enter = (account: AskOf<'sign-in'>): void => {
    setPassword('')
    void signIn(account)
  }
  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (username !== '' && password !== '') enter({ username, password })
  }
  const place = i18n.language === 'zh-CN' ? session.branch?.nameZh : session.branch?.nameEn
  const trouble = useTrouble(answer, error, place ?? '')
  return (
    <main className="cd-sign-in">
      <div className="cd-sign-in-card">
        <h1>{t('app.name')}</h1>
        <p className="cd-quiet">
          {[place, session.deskName].filter(Boolean).join(' · ')}
          {session.isSampleCity && ` · ${t('app.sample')}`}
        </p>
        <form onSubmit={onSubmit} aria-label={t('signIn.title')}>
          <label htmlFor={`${ids}u`}>{t('signIn.username')}</label>
          <Input
            id={`${ids}u`}
            size="large"
            autoFocus
            autoComplete="username"
            value={username}
            maxLength={40}
            data-testid="username"
            onChange={(event) => setUsername(event.target.value)}
          />
          <label htmlFor={`${ids}p`}>{t('signIn.password')}</label>
          <Input
            id={`${ids}p`}
            size="large"
            type="password"
            autoComplete="current-password"
            value={password}
            maxLength={128}
            data-testid="password"
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button
            type="primary"
            size="large"
            block
            htmlType="submit"
            disabled={isLoading}
            data-testid="sign-in"
          >
            {t('signIn.go')}
          </Button>
        </form>
        <p className="cd-sign-in-trouble" role="alert" data-testid="sign-in-trouble">
          {trouble}
        </p>
        <SettingsForm />
      </div>
      {session.sampleAccounts.length > 0 && (
        <section className="cd-sign-in-card" aria-label={t('signIn.sampleTitle')}>
          <h2>{t('signIn.sampleTitle')}</h2>
          <p className="cd-quiet">{t('signIn.sampleHint')}</p>
          {session.sampleAccounts.map((account) => (
            <Button
              key={account.username}
              block
              size="large"
              className="cd-sample-account"
              disabled={isLoading}
              data-testid={`sample-${account.username}`}
              onClick={() => enter({ username: account.username, password: account.password })}
            >
              <strong>{account.name}</strong> <span>{t(`role.${account.role}`)}</span>
            </Button>
          ))}
        </section>
      )}
    </main>
  )
}

function useTrouble(answer: Outcome | undefined, error: unknown, branch: string): string {
  const { t, i18n } = useTranslation()
  if (error !== undefined) {
    const { failure } = error as AskFailure
    return titled(t, i18n.language, t(`failure.${failure}.title`), [t(`failure.${failure}.next`)])
  }
  switch (answer?.outcome) {
    case 'wrong-name-or-password':
      return t('signIn.wrong')
    case 'locked':
      return t('signIn.locked', { until: clockTime(answer.lockedUntil ?? 0) })
    case 'other-branch':
      return t('signIn.otherBranch', { branch })
    case 'unknown-offline':
      return t('signIn.unknownOffline')
    case 'signed-in':
    case undefined:
      return ''
  }
}

import { Badge, Code, Select, Text } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useSession } from '../api/session.tsx'
import { useAsk } from '../api/use-ask.ts'
import { t, tx } from '../language/t.ts'
import { AskingButton } from '../show/change/asking-button.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { LoadedTable } from '../show/list/loaded-table.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { Copy } from '../show/value/copy.tsx'
import { When } from '../show/value/when.tsx'

export default function SigningKeysPage() {
  const { issuer } = useSession()
  const keys = useAsk('listSigningKeys', {}, { every: 15_000 })
  return (
    <>
      <PageHead
        title={t('Signing keys')}
        lead={tx('The keys that sign JSON Web Tokens. The public keys are at {address}', {
          address: <Code>{issuer}/.well-known/jwks.json</Code>,
        })}
        actions={
          <>
            <CopyAs operation="listSigningKeys" />
            <RotateKey />
          </>
        }
      />
      <LoadedTable
        label={t('Signing keys')}
        from={keys}
        keyOf={({ id }) => id}
        columns={[
          { head: t('Key id'), lead: true, cell: ({ id }) => <Code>{id}</Code> },
          { head: t('Algorithm'), cell: ({ algorithm }) => algorithm },
          {
            head: t('State'),
            cell: ({ state }) => (
              <Badge variant="light" color={state === 'signing' ? 'accent' : 'gray'}>
                {state === 'signing' ? t('Active') : t('Retired')}
              </Badge>
            ),
          },
          { head: t('Created'), cell: ({ created_at }) => <When at={created_at} /> },
          { head: t('Retired'), cell: ({ retired_at }) => <When at={retired_at} otherwise={t('not retired')} /> },
          {
            head: t('Public key'),
            cell: ({ public_jwk }) => <Copy text={JSON.stringify(public_jwk)} label={t('Copy JWK')} />,
          },
          {
            head: t('Withdraw'),
            align: 'right',
            cell: ({ id, state }) =>
              state === 'retired' ? (
                <RowAction
                  ends="removeSigningKey"
                  title={t('Withdraw this key?')}
                  operation="removeSigningKey"
                  what={{ params: { id } }}
                  done={t('Key withdrawn')}
                />
              ) : null,
          },
        ]}
      />
    </>
  )
}

/** RFC 7518 section 3.1. */
const ALGORITHMS = [
  { value: 'ES256', label: t('ES256, signs access tokens') },
  { value: 'RS256', label: 'RS256' },
  { value: 'EdDSA', label: 'EdDSA' },
] as const

function RotateKey() {
  const [algorithm, setAlgorithm] = useState<(typeof ALGORITHMS)[number]['value']>('ES256')
  return (
    <AskingButton
      variant="filled"
      label={t('Rotate')}
      icon={<IconRefresh size={16} aria-hidden />}
      title={t('Rotate the signing key?')}
      action={t('Rotate')}
      operation="rotateSigningKey"
      what={{ body: { algorithm } }}
      done={t('A new {algorithm} key signs from now on', { algorithm })}
    >
      <Select
        label={t('Algorithm')}
        data={ALGORITHMS}
        value={algorithm}
        allowDeselect={false}
        onChange={value => value && setAlgorithm(value)}
      />
      <Text>
        {t(
          'A new key signs from now on. The present key of this algorithm stays published, so its tokens work until they expire. Clients need no change.',
        )}
      </Text>
    </AskingButton>
  )
}

import { Badge, Button, Code, Select, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useState } from 'react'
import { useSession } from '../api/session.tsx'
import { useAsk, useChange } from '../api/use-ask.ts'
import { t, tx } from '../language/t.ts'
import { Confirm } from '../show/change/confirm.tsx'
import { RowAction } from '../show/change/row-action.tsx'
import { CopyAs } from '../show/command/copy-as.tsx'
import { DataTable } from '../show/list/data-table.tsx'
import { Loaded } from '../show/page/loaded.tsx'
import { notice } from '../show/page/notices.tsx'
import { PageHead } from '../show/page/page-head.tsx'
import { Copy } from '../show/value/copy.tsx'
import { When } from '../show/value/when.tsx'

export default function SigningKeysPage() {
  const { may, issuer } = useSession()
  const keys = useAsk('listSigningKeys', {}, { every: 15_000 })
  const remove = useChange('removeSigningKey')
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
            {may('rotateSigningKey') ? <RotateKey /> : null}
          </>
        }
      />
      <Loaded from={keys}>
        {({ items }) => (
          <DataTable
            label={t('Signing keys')}
            rows={items}
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
                cell: ({ id, state }) =>
                  may('removeSigningKey') && state === 'retired' ? (
                    <RowAction
                      ends="removeSigningKey"
                      title={t('Withdraw this key?')}
                      operation="removeSigningKey"
                      what={{ params: { id } }}
                      run={() => remove.mutateAsync({ params: { id } })}
                      done={t('Key withdrawn')}
                    />
                  ) : null,
              },
            ]}
          />
        )}
      </Loaded>
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
  const [open, { open: show, close }] = useDisclosure(false)
  const [algorithm, setAlgorithm] = useState<(typeof ALGORITHMS)[number]['value']>('ES256')
  const rotate = useChange('rotateSigningKey')
  const what = { body: { algorithm } }
  return (
    <>
      <Button leftSection={<IconRefresh size={16} aria-hidden />} onClick={show}>
        {t('Rotate')}
      </Button>
      <Confirm
        open={open}
        onClose={close}
        title={t('Rotate the signing key?')}
        action={t('Rotate')}
        aside={<CopyAs operation="rotateSigningKey" what={what} />}
        run={async () => {
          await rotate.mutateAsync(what)
          notice(t('A new {algorithm} key signs from now on', { algorithm }))
        }}
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
      </Confirm>
    </>
  )
}

import { deleted, impact } from '../credentials/schemas.ts'
import { operation } from '../operation.ts'
import { page } from '../shapes.ts'
import { changeUserBody, createUserBody, setPasswordBody, user, userImpactQuery, usersQuery } from './schemas.ts'

/** Users. */
export const usersOperations = {
  listUsers: operation({
    on: ['GET', '/v1/users'],
    query: usersQuery,
    status: 200,
    answer: page(user),
    tag: 'Users',
    summary: 'List users',
  }),
  createUser: operation({
    on: ['POST', '/v1/users'],
    fresh: true,
    body: createUserBody,
    status: 201,
    answer: user,
    tag: 'Users',
    summary: 'Create a user',
  }),
  getUser: operation({
    on: ['GET', '/v1/users/:id'],
    status: 200,
    answer: user,
    tag: 'Users',
    summary: 'Read a user',
    details: '`me` is the user who sends the request.',
  }),
  changeUser: operation({
    on: ['PATCH', '/v1/users/:id'],
    body: changeUserBody,
    status: 200,
    answer: user,
    tag: 'Users',
    summary: 'Change a user',
    details: 'People may change their own names and e-mail address.',
  }),
  setPassword: operation({
    on: ['POST', '/v1/users/:id/password'],
    body: setPasswordBody,
    status: 200,
    answer: user,
    tag: 'Users',
    summary: 'Set a password',
    details: 'Ends the sessions, refresh tokens and user tokens of the user.',
  }),
  removeSecondFactor: operation({
    on: ['DELETE', '/v1/users/:id/second-factor'],
    fresh: true,
    status: 200,
    answer: user,
    tag: 'Users',
    summary: 'Remove a second factor',
    details: 'For a lost device. Removes the recovery codes, too. The account page tells the user.',
  }),
  deleteUser: operation({
    on: ['DELETE', '/v1/users/:id'],
    fresh: true,
    status: 200,
    answer: deleted,
    tag: 'Users',
    summary: 'Delete a user',
    details: 'Revokes the credentials, sessions and grants of the user.',
  }),
  userImpact: operation({
    on: ['GET', '/v1/users/:id/impact'],
    query: userImpactQuery,
    status: 200,
    answer: impact,
    tag: 'Users',
    summary: 'Preview the effect on a user',
    details:
      'Lists what stops working when the user is disabled or deleted, gets a new password, or loses all tokens and keys.',
  }),
} as const

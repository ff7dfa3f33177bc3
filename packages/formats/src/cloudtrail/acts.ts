/** What an API call means in the words of the action catalogue, and what it is done to. */
export type Act = {
  readonly action: string
  /** The kind of resource; without one it is found as for any other call. */
  readonly resource?: string
  /** The request's or answer's member that names the resource. */
  readonly id?: string
  /** A second resource of the act, and the member that names it. */
  readonly target?: { readonly type: string; readonly id: readonly string[] }
}

type Row = readonly [calls: string, action: string, resource?: string, id?: string, target?: Act['target']]

const policy = { type: 'policy', id: ['policyArn', 'policyName'] } as const
/** Who signs in, signs in to an account. */
const account = ['account', 'recipientAccountId'] as const
const user = { type: 'user', id: ['userName', 'memberId.userId', 'principalId'] } as const

/** `service.Call` names, separated by blanks; a name without a service belongs to the one before. */
const rows: readonly Row[] = [
  ['signin.ConsoleLogin signin.UserAuthentication sso.UserAuthentication', 'auth.login', ...account],
  ['signin.Logout sso.Logout', 'auth.logout', ...account],
  ['signin.CheckMfa signin.CredentialVerification', 'auth.mfa', ...account],
  ['signin.CredentialChallenge', 'auth.mfa.challenge', ...account],
  ['sso.Authenticate Federate', 'auth.sso', ...account],
  ['signin.SwitchRole', 'auth.privilege.escalate', 'role'],
  ['signin.ExitRole', 'auth.privilege.drop', 'role'],
  ['signin.RenewRole', 'auth.refresh', 'role'],
  ['signin.GetSigninToken sts.GetSessionToken GetFederationToken', 'auth.token.issue', ...account],
  ['signin.PasswordRecoveryRequested iam.UpdateLoginProfile', 'auth.password.reset', 'user', 'userName'],
  ['signin.PasswordRecoveryCompleted PasswordUpdated iam.ChangePassword', 'auth.password.change', 'user', 'userName'],
  ['sts.AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity', 'session.create', 'role', 'roleArn'],

  ['iam.CreateUser identitystore.CreateUser', 'user.create', 'user', 'userName'],
  ['iam.UpdateUser identitystore.UpdateUser', 'user.update', 'user', 'userName'],
  ['iam.DeleteUser identitystore.DeleteUser', 'user.delete', 'user', 'userName'],
  ['iam.CreateLoginProfile', 'access.provision', 'user', 'userName'],
  ['iam.DeleteLoginProfile', 'access.deprovision', 'user', 'userName'],
  ['iam.CreateAccessKey', 'api_key.create', 'api_key', 'accessKey.accessKeyId', user],
  ['iam.UpdateAccessKey', 'api_key.update', 'api_key', 'accessKeyId', user],
  ['iam.DeleteAccessKey', 'api_key.revoke', 'api_key', 'accessKeyId', user],
  ['iam.CreateVirtualMFADevice EnableMFADevice', 'auth.mfa.enroll', 'mfa_device', 'serialNumber', user],
  ['iam.DeactivateMFADevice DeleteVirtualMFADevice', 'auth.mfa.remove', 'mfa_device', 'serialNumber', user],
  ['iam.UpdateAccountPasswordPolicy DeleteAccountPasswordPolicy', 'password_policy.update', ...account],

  ['iam.CreateRole', 'role.create', 'role', 'roleName'],
  ['iam.UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy', 'role.update', 'role', 'roleName'],
  ['iam.PutRolePermissionsBoundary DeleteRolePermissionsBoundary', 'role.update', 'role', 'roleName'],
  ['iam.DeleteRole', 'role.delete', 'role', 'roleName'],
  ['iam.AddRoleToInstanceProfile', 'role.assign', 'role', 'roleName'],
  ['iam.RemoveRoleFromInstanceProfile', 'role.revoke', 'role', 'roleName'],
  ['sso.CreatePermissionSet', 'role.create', 'permission_set', 'permissionSet.permissionSetArn'],
  ['sso.UpdatePermissionSet PutInlinePolicyToPermissionSet', 'role.update', 'permission_set', 'permissionSetArn'],
  ['sso.AttachManagedPolicyToPermissionSet', 'role.update', 'permission_set', 'permissionSetArn'],
  ['sso.DetachManagedPolicyFromPermissionSet', 'role.update', 'permission_set', 'permissionSetArn'],
  ['sso.DeletePermissionSet', 'role.delete', 'permission_set', 'permissionSetArn'],

  ['iam.AttachRolePolicy PutRolePolicy', 'permission.grant', 'role', 'roleName', policy],
  ['iam.DetachRolePolicy DeleteRolePolicy', 'permission.revoke', 'role', 'roleName', policy],
  ['iam.AttachUserPolicy PutUserPolicy', 'permission.grant', 'user', 'userName', policy],
  ['iam.DetachUserPolicy DeleteUserPolicy', 'permission.revoke', 'user', 'userName', policy],
  ['iam.AttachGroupPolicy PutGroupPolicy', 'permission.grant', 'group', 'groupName', policy],
  ['iam.DetachGroupPolicy DeleteGroupPolicy', 'permission.revoke', 'group', 'groupName', policy],
  ['sso.CreateAccountAssignment', 'permission.grant', 'permission_set', 'permissionSetArn', user],
  ['sso.DeleteAccountAssignment', 'permission.revoke', 'permission_set', 'permissionSetArn', user],
  ['s3.PutBucketPolicy PutBucketAcl', 'permission.grant', 'bucket', 'bucketName'],
  ['s3.DeleteBucketPolicy', 'permission.revoke', 'bucket', 'bucketName'],

  ['iam.CreateGroup identitystore.CreateGroup', 'group.create', 'group', 'groupName'],
  ['iam.UpdateGroup identitystore.UpdateGroup', 'group.update', 'group', 'groupName'],
  ['iam.DeleteGroup identitystore.DeleteGroup', 'group.delete', 'group', 'groupName'],
  ['iam.AddUserToGroup', 'group.member.add', 'group', 'groupName', user],
  ['identitystore.CreateGroupMembership', 'group.member.add', 'group', 'groupId', user],
  ['iam.RemoveUserFromGroup', 'group.member.remove', 'group', 'groupName', user],

  ['iam.CreatePolicy', 'policy.create', 'policy', 'policyName'],
  ['iam.CreatePolicyVersion SetDefaultPolicyVersion DeletePolicyVersion', 'policy.update', 'policy', 'policyArn'],
  ['iam.DeletePolicy', 'policy.delete', 'policy', 'policyArn'],
  ['iam.CreateSAMLProvider UpdateSAMLProvider DeleteSAMLProvider', 'identity_provider.update', 'identity_provider'],
  ['iam.CreateOpenIDConnectProvider DeleteOpenIDConnectProvider', 'identity_provider.update', 'identity_provider'],

  ['cloudtrail.StopLogging DeleteTrail', 'logging.disable', 'trail', 'name'],
  ['cloudtrail.StartLogging CreateTrail UpdateTrail', 'logging.update', 'trail', 'name'],
  ['cloudtrail.PutEventSelectors PutInsightSelectors', 'logging.update', 'trail', 'trailName'],
  ['config.StopConfigurationRecorder DeleteConfigurationRecorder', 'logging.disable', 'configuration_recorder'],
  ['logs.DeleteLogGroup DeleteLogStream', 'logging.disable', 'log_group', 'logGroupName'],
  ['logs.PutRetentionPolicy DeleteRetentionPolicy', 'retention.update', 'log_group', 'logGroupName'],
  ['ec2.DeleteFlowLogs', 'logging.disable', 'flow_log'],
  ['ec2.CreateFlowLogs', 'logging.update', 'flow_log'],
  ['guardduty.DeleteDetector UpdateDetector StopMonitoringMembers', 'monitoring.update', 'detector', 'detectorId'],

  ['kms.CreateKey', 'encryption_key.create', 'encryption_key', 'keyMetadata.keyId'],
  ['kms.EnableKeyRotation DisableKeyRotation RotateKeyOnDemand', 'encryption_key.rotate', 'encryption_key', 'keyId'],
  ['kms.ScheduleKeyDeletion', 'encryption_key.destroy', 'encryption_key', 'keyId'],
  ['secretsmanager.CreateSecret', 'secret.create', 'secret', 'name'],
  ['secretsmanager.GetSecretValue BatchGetSecretValue', 'secret.read', 'secret', 'secretId'],
  ['secretsmanager.PutSecretValue UpdateSecret RotateSecret', 'secret.rotate', 'secret', 'secretId'],
  ['secretsmanager.DeleteSecret', 'secret.delete', 'secret', 'secretId'],
  ['ec2.GetPasswordData', 'secret.read', 'instance', 'instanceId'],
  ['acm.RequestCertificate ImportCertificate', 'certificate.issue', 'certificate'],

  ['ec2.AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress', 'firewall.update', 'security_group', 'groupId'],
  ['ec2.RevokeSecurityGroupIngress RevokeSecurityGroupEgress', 'firewall.update', 'security_group', 'groupId'],
  ['ec2.ModifySecurityGroupRules', 'firewall.update', 'security_group', 'groupId'],
  [
    'ec2.CreateNetworkAclEntry DeleteNetworkAclEntry ReplaceNetworkAclEntry',
    'firewall.update',
    'network_acl',
    'networkAclId',
  ],
  ['ec2.CreateRoute ReplaceRoute DeleteRoute', 'network.update', 'route_table', 'routeTableId'],
  ['ec2.AttachInternetGateway DetachInternetGateway', 'network.update', 'internet_gateway', 'internetGatewayId'],
  ['s3.PutBucketPublicAccessBlock DeleteBucketPublicAccessBlock', 'security.policy.update', 'bucket', 'bucketName'],

  ['ec2.StartInstances', 'system.start', 'instance', 'instancesSet.items.0.instanceId'],
  ['ec2.StopInstances TerminateInstances', 'system.stop', 'instance', 'instancesSet.items.0.instanceId'],
  ['lambda.CreateFunction UpdateFunctionCode', 'deployment.create', 'function', 'functionName'],
  ['codedeploy.CreateDeployment', 'deployment.create', 'deployment', 'deploymentId'],
  ['codepipeline.StartPipelineExecution codebuild.StartBuild', 'pipeline.run', 'pipeline'],

  ['s3.GetObject', 'file.download', 'object', 'key'],
  ['s3.PutObject', 'file.upload', 'object', 'key'],
  ['s3.DeleteObject', 'file.delete', 'object', 'key'],
  ['rds.CreateDBSnapshot', 'backup.run', 'db_snapshot', 'dBSnapshotIdentifier'],
  ['rds.DeleteDBSnapshot', 'backup.delete', 'db_snapshot', 'dBSnapshotIdentifier'],
  ['rds.RestoreDBInstanceFromDBSnapshot', 'backup.restore', 'db_instance', 'dBInstanceIdentifier'],
  ['rds.StartExportTask', 'database.export', 'db_snapshot', 'sourceArn'],
  ['backup.StartBackupJob', 'backup.run', 'backup_vault', 'backupVaultName'],
  ['backup.StartRestoreJob', 'backup.restore', 'recovery_point', 'recoveryPointArn'],
  ['backup.DeleteRecoveryPoint', 'backup.delete', 'recovery_point', 'recoveryPointArn'],
]

const acts = new Map(rows.flatMap(actsOfRow))

/** The act behind a call, by the short name of the service and the call without its API version; undefined for others. */
export const findAct = (service: string, call: string): Act | undefined => acts.get(`${service}.${call}`)

/** Every call with a meaning of its own. */
export const knownActs: ReadonlyMap<string, Act> = acts

function actsOfRow([calls, action, resource, id, target]: Row): [string, Act][] {
  let service = ''
  return calls.split(' ').map((call) => {
    const dot = call.indexOf('.')
    if (dot >= 0) service = call.slice(0, dot)
    return [
      `${service}.${call.slice(dot + 1)}`,
      { action, ...(resource && { resource }), ...(id && { id }), ...(target && { target }) },
    ]
  })
}

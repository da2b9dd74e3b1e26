/** A cluster in AWS, as the topology describes it. */
export const awsFacts = {
  region: 'eu-west-1',
  accountId: '123456789012',
  vpcId: 'vpc-0a1b2c3d',
  subnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'],
  clientCidrs: ['10.0.0.0/16', '2001:db8::/32'],
  clientSecurityGroupIds: ['sg-0a1b2c3d'],
  kmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d',
  eksCluster: 'eu-prod',
};

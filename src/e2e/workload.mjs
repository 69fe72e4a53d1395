// The AWS SDK for JavaScript finds its credentials as a workload does: by its default chain, from
// what the environment says.
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const sts = new STSClient({ region: "us-east-1", endpoint: process.env.DAYPASS_URL });
console.log((await sts.send(new GetCallerIdentityCommand({}))).Arn);

# What people manage with Terraform, against Daypass, with no skip_* flag.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.100"
    }
  }
}

variable "endpoint" { type = string }

# What changes from one run to the next.
variable "revision" {
  type    = string
  default = "one"
}

provider "aws" {
  region = "us-east-1"
  endpoints {
    iam = var.endpoint
    sts = var.endpoint
  }
  default_tags {
    tags = { managed = "terraform" }
  }
}

data "aws_caller_identity" "here" {}

data "aws_iam_policy_document" "reader" {
  statement {
    sid       = "Read${var.revision == "one" ? "" : "Again"}"
    actions   = ["s3:GetObject", "s3:ListBucket"]
    resources = ["arn:aws:s3:::a-bucket", "arn:aws:s3:::a-bucket/*"]
    condition {
      test     = "Bool"
      variable = "aws:MultiFactorAuthPresent"
      values   = ["true"]
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_user.deployer.arn]
    }
  }
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

resource "aws_iam_account_alias" "this" {
  account_alias = "daypass-terraform"
}

resource "aws_iam_account_password_policy" "this" {
  minimum_password_length        = var.revision == "one" ? 12 : 14
  require_lowercase_characters   = true
  require_numbers                = true
  allow_users_to_change_password = true
  password_reuse_prevention      = 5
}

resource "aws_iam_user" "deployer" {
  name                 = "deployer"
  path                 = "/machines/"
  permissions_boundary = aws_iam_policy.boundary.arn
  tags                 = { revision = var.revision }
}

resource "aws_iam_access_key" "deployer" {
  user   = aws_iam_user.deployer.name
  status = var.revision == "one" ? "Active" : "Inactive"
}

resource "aws_iam_user_login_profile" "deployer" {
  user                    = aws_iam_user.deployer.name
  password_length         = 24
  password_reset_required = true
}

resource "aws_iam_user_policy" "deployer" {
  name   = "inline"
  user   = aws_iam_user.deployer.name
  policy = data.aws_iam_policy_document.reader.json
}

resource "aws_iam_user_policy_attachment" "deployer" {
  user       = aws_iam_user.deployer.name
  policy_arn = "arn:aws:iam::aws:policy/IAMUserChangePassword"
}

resource "aws_iam_group" "readers" {
  name = var.revision == "one" ? "readers" : "all-readers"
  path = "/people/"
}

resource "aws_iam_group_membership" "readers" {
  name  = "readers"
  group = aws_iam_group.readers.name
  users = [aws_iam_user.deployer.name]
}

resource "aws_iam_group_policy" "readers" {
  name   = "inline"
  group  = aws_iam_group.readers.name
  policy = data.aws_iam_policy_document.reader.json
}

resource "aws_iam_group_policy_attachment" "readers" {
  group      = aws_iam_group.readers.name
  policy_arn = aws_iam_policy.reader.arn
}

resource "aws_iam_policy" "reader" {
  name        = "reader"
  path        = "/shared/"
  description = "Reads a bucket."
  policy      = data.aws_iam_policy_document.reader.json
  tags        = { revision = var.revision }
}

resource "aws_iam_policy" "boundary" {
  name   = "boundary"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["s3:*", "iam:*"], Resource = "*" }] })
}

resource "aws_iam_role" "deploy" {
  name                 = "deploy"
  path                 = "/machines/"
  description          = "Deploys, revision ${var.revision}."
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = var.revision == "one" ? 3600 : 7200
  tags                 = { revision = var.revision }
}

resource "aws_iam_role_policy" "deploy" {
  name   = "inline"
  role   = aws_iam_role.deploy.name
  policy = data.aws_iam_policy_document.reader.json
}

resource "aws_iam_role_policy_attachment" "deploy" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.reader.arn
}

resource "aws_iam_instance_profile" "deploy" {
  name = "deploy"
  role = aws_iam_role.deploy.name
  tags = { revision = var.revision }
}

resource "aws_iam_openid_connect_provider" "ci" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = var.revision == "one" ? ["sts.amazonaws.com"] : ["sts.amazonaws.com", "another"]
  thumbprint_list = ["6938fd4d98bab03faadb97b34396831e3780aea1"]
}

resource "aws_iam_virtual_mfa_device" "deployer" {
  virtual_mfa_device_name = "deployer"
  tags                    = { revision = var.revision }
}

data "aws_iam_role" "found" {
  name       = aws_iam_role.deploy.name
  depends_on = [aws_iam_role_policy.deploy]
}

output "account" {
  value = data.aws_caller_identity.here.account_id
}

output "role" {
  value = data.aws_iam_role.found.arn
}

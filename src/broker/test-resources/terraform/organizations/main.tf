# An organization with Terraform, against Daypass, with no skip_* flag.

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
    iam           = var.endpoint
    sts           = var.endpoint
    organizations = var.endpoint
  }
}

resource "aws_organizations_organization" "all" {
  feature_set          = "ALL"
  enabled_policy_types = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
}

resource "aws_organizations_organizational_unit" "teams" {
  name      = "teams-${var.revision}"
  parent_id = aws_organizations_organization.all.roots[0].id
  tags      = { revision = var.revision }
}

resource "aws_organizations_organizational_unit" "one" {
  name      = "one"
  parent_id = aws_organizations_organizational_unit.teams.id
}

resource "aws_organizations_account" "one" {
  name      = "one"
  email     = "one@example.com"
  parent_id = aws_organizations_organizational_unit.one.id
  tags      = { team = "one" }
}

resource "aws_organizations_policy" "no_users" {
  name = "no-users"
  type = "SERVICE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "NoUsers${var.revision == "one" ? "" : "Again"}"
      Effect   = "Deny"
      Action   = "iam:CreateUser"
      Resource = "*"
    }]
  })
  depends_on = [aws_organizations_organization.all]
}

resource "aws_organizations_policy" "ours_alone" {
  name = "ours-alone"
  type = "RESOURCE_CONTROL_POLICY"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Principal = "*"
      Action    = "sts:AssumeRole"
      Resource  = "*"
      Condition = { StringNotEqualsIfExists = { "aws:PrincipalOrgID" = aws_organizations_organization.all.id } }
    }]
  })
}

resource "aws_organizations_policy_attachment" "no_users" {
  policy_id = aws_organizations_policy.no_users.id
  target_id = aws_organizations_organizational_unit.teams.id
}

resource "aws_organizations_policy_attachment" "ours_alone" {
  policy_id = aws_organizations_policy.ours_alone.id
  target_id = aws_organizations_account.one.id
}

data "aws_organizations_organization" "all" {
  depends_on = [aws_organizations_account.one]
}

output "accounts" { value = length(data.aws_organizations_organization.all.accounts) }
